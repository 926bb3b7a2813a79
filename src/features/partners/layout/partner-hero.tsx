import type { ReactNode } from "react";
import { Avatar } from "@/shared/ui/avatar";
import { Link as LinkIcon } from "@/shared/ui/icons";
import { choiceOf, levelOf, useChoices } from "../hooks/use-choices";
import type { Partner } from "../types";

export interface HeroFigure {
  label: string;
  value: ReactNode;
  note?: ReactNode;
  /** There is room for three there. */
  notOnPhone?: boolean;
}

interface PartnerHeroProps {
  partner: Partner;
  /** None while they are on their way. */
  figures: readonly HeroFigure[];
  actions: ReactNode;
  /** Who else looks at it. On a wide screen that stands among the actions. */
  here: ReactNode;
}

/** Who this is, how it stands, and what it comes to. */
export function PartnerHero({ partner, figures, actions, here }: PartnerHeroProps) {
  const { statuses, tiers, regions, domains } = useChoices();
  const facts = [
    partner.region && choiceOf(regions, partner.region).label,
    partner.domain && choiceOf(domains, partner.domain).label,
  ].filter(Boolean);
  return (
    <header className="hero-ground rounded-[14px] px-5 pt-4 pb-4 text-white max-sm:-mx-4 max-sm:-mt-4 max-sm:rounded-none max-sm:px-4">
      <div className="flex items-start gap-3.5">
        <span
          aria-hidden="true"
          className="grid size-11 shrink-0 place-items-center rounded-card bg-white/15 text-xl font-semibold select-none"
        >
          {Array.from(partner.name)[0]?.toLocaleUpperCase()}
        </span>
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
            <h1 className="min-w-0 text-2xl leading-8 wrap-anywhere max-sm:text-xl max-sm:leading-7">
              <bdi>{partner.name}</bdi>
            </h1>
            <HeroPill dot>{choiceOf(statuses, partner.status).label}</HeroPill>
            {partner.tier && <HeroPill>{choiceOf(tiers, partner.tier).label}</HeroPill>}
            <span className="flex sm:hidden">
              <HeroPill>{`Health ${partner.health}`}</HeroPill>
            </span>
          </div>
          <p className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-white/85">
            {partner.owner ? (
              <span className="flex min-w-0 items-center gap-2">
                <Avatar name={partner.owner.name} colour={partner.owner.colour} />
                <span className="sr-only">Owner:</span>
                <bdi className="min-w-0 wrap-anywhere">{partner.owner.name}</bdi>
              </span>
            ) : (
              <span>Without an owner</span>
            )}
            {facts.map((fact) => (
              <span key={fact} className="wrap-anywhere max-sm:hidden">
                {fact}
              </span>
            ))}
            {partner.website && (
              <a
                href={partner.website}
                target="_blank"
                rel="noreferrer noopener"
                className="flex min-w-0 items-center gap-1.5 rounded-control outline-white hover:underline"
              >
                <LinkIcon aria-hidden="true" className="size-3.5 shrink-0" />
                <span className="truncate">
                  {partner.website.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "")}
                </span>
                <span className="sr-only">, opens in a new window</span>
              </a>
            )}
            <span className="flex sm:hidden">{here}</span>
          </p>
        </div>
        <div className="flex shrink-0 items-start gap-3 max-sm:-me-2 max-sm:-mt-1.5">
          {actions}
          <HealthRing value={partner.health} />
        </div>
      </div>
      <dl className="mt-4 grid min-h-14 grid-flow-col auto-cols-fr border-t border-white/20 pt-3 max-lg:grid-flow-row max-lg:grid-cols-3 max-lg:gap-y-3 max-sm:mt-3 max-sm:min-h-24">
        {figures.map(({ label, value, note, notOnPhone }) => (
          <div
            key={label}
            className={`min-w-0 px-4 first:ps-0 max-lg:px-0 max-lg:pe-3 lg:not-first:border-s lg:border-white/20 ${notOnPhone ? "max-sm:hidden" : ""}`}
          >
            <dt className="text-small text-white/85">{label}</dt>
            <dd className="text-[1.0625rem] leading-6 font-semibold">
              {value}
              {note && <span className="block text-small font-medium text-white/85">{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

function HeroPill({ dot = false, children }: { dot?: boolean; children: string }) {
  return (
    <span className="inline-flex h-5 max-w-full items-center gap-1.5 rounded-full bg-white/18 px-2 text-[0.75rem] font-medium">
      {dot && <span aria-hidden="true" className="size-1.5 shrink-0 rounded-full bg-current" />}
      <span className="truncate">{children}</span>
    </span>
  );
}

const ROUND = 2 * Math.PI * 27;

function HealthRing({ value }: { value: number }) {
  const { healthLevels } = useChoices();
  const level = levelOf(healthLevels, value);
  return (
    <span
      role="img"
      aria-label={`Health ${value} of 100${level ? `, ${level.label}` : ""}`}
      title={`Health ${value}${level ? `, ${level.label}` : ""}`}
      className="relative grid size-16 shrink-0 place-items-center max-sm:hidden"
    >
      <svg aria-hidden="true" viewBox="0 0 64 64" className="absolute inset-0 -rotate-90">
        <circle cx="32" cy="32" r="27" className="fill-black/20 stroke-white/25 [stroke-width:7]" />
        <circle
          cx="32"
          cy="32"
          r="27"
          strokeDasharray={`${(value / 100) * ROUND} ${ROUND}`}
          className="fill-none stroke-[#5eead4] [stroke-width:7]"
        />
      </svg>
      <span className="relative text-lg font-semibold">{value}</span>
    </span>
  );
}

/** Buttons that stand on the hero's ground. */
export const heroButton = "bg-white/15! text-white! border-transparent! shadow-none! outline-white hover:bg-white/25!";
