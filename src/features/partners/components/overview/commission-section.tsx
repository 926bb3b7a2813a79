import { useQuery } from "@tanstack/react-query";
import { useActiveOrganization } from "@/features/organizations";
import { useFormat } from "@/shared/lib/format/use-format";
import { KeyValueList } from "@/shared/ui/key-value-list";
import { Pill } from "@/shared/ui/pill";
import { Section } from "@/shared/ui/section";
import { TextSkeleton } from "@/shared/ui/skeleton";
import { choiceOf, useChoices } from "../../hooks/use-choices";
import { commissionTermsQuery } from "../../queries";

const models: Record<string, string> = { "one-time": "Once", recurring: "Recurring", hybrid: "Once and recurring" };

/** For those who may see what partners are paid. */
export function CommissionSection({ partnerId }: { partnerId: string }) {
  const { organization } = useActiveOrganization();
  const format = useFormat();
  const { commissionTypes, defaultCommissionType } = useChoices();
  const { data: own, isPending, error } = useQuery(commissionTermsQuery(organization.id, partnerId));
  const key = own?.type ?? defaultCommissionType;
  const type = commissionTypes.find((each) => each.key === key);
  const rate = own?.rate ?? type?.rate;
  const model = own?.paymentModel ?? type?.paymentModel;
  const amount = (value: string | null | undefined) =>
    value && own?.currency ? format.money(value, own.currency) : null;
  return (
    <Section title="Commission">
      {isPending ? (
        <TextSkeleton className="w-40" />
      ) : error ? (
        <p className="text-bad">{error.message}</p>
      ) : (
        <KeyValueList
          items={[
            {
              label: "Type",
              value: (
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  {key && choiceOf(commissionTypes, key).label}
                  <Pill tone={own ? "accent" : "mute"} dot={false}>
                    {own ? "agreed with this partner" : "the default"}
                  </Pill>
                </span>
              ),
            },
            { label: "Rate", value: rate === undefined ? null : `${format.number(rate)} %` },
            { label: "Paid", value: model ? (models[model] ?? model) : null },
            ...(own?.minimum ? [{ label: "Smallest deal", value: amount(own.minimum) }] : []),
            ...(own?.maximum ? [{ label: "Largest deal", value: amount(own.maximum) }] : []),
            ...(own?.steps ?? []).map((step) => ({
              label: `From ${amount(String(step.from)) ?? step.from} a year`,
              value: `${format.number(step.rate)} %`,
            })),
          ]}
        />
      )}
    </Section>
  );
}
