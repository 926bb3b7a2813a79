import { useState } from "react";
import { paths } from "@/shared/lib/paths";
import { Breadcrumbs } from "@/shared/ui/breadcrumbs";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import { ErrorState } from "@/shared/ui/error-state";
import { Inbox, Monitor, Moon, Plus, Sun } from "@/shared/ui/icons";
import { Kbd } from "@/shared/ui/kbd";
import { KeyValueList } from "@/shared/ui/key-value-list";
import { Notice } from "@/shared/ui/notice";
import { PageHeader } from "@/shared/ui/page-header";
import { Pill } from "@/shared/ui/pill";
import { ProgressBar } from "@/shared/ui/progress-bar";
import { Section as Subject } from "@/shared/ui/section";
import { SegmentedControl } from "@/shared/ui/segmented-control";
import { Skeleton, TextSkeleton } from "@/shared/ui/skeleton";
import { Spinner } from "@/shared/ui/spinner";
import { TabLinks } from "@/shared/ui/tab-links";
import { Tabs } from "@/shared/ui/tabs";
import { Section, States } from "./show";

export function LayoutParts() {
  const [tab, setTab] = useState<"overview" | "tasks" | "docs" | "old">("overview");
  const [span, setSpan] = useState<"week" | "month" | "year">("month");
  return (
    <Section
      title="Parts of a page"
      about="What a page is made of, from its title to the moment when it has nothing to show."
    >
      <States of="Page header">
        <div className="w-full">
          <PageHeader
            title="Members"
            description="Who works here, in which role, and who is invited."
            actions={
              <>
                <Button>Export</Button>
                <Button look="primary">
                  <Plus aria-hidden="true" className="size-4" />
                  Invite
                </Button>
              </>
            }
          />
        </div>
      </States>
      <States of="Breadcrumbs">
        <Breadcrumbs
          label="Sample of breadcrumbs"
          crumbs={[{ label: "Directory", to: paths.home }, { label: "Alpine Systems" }]}
        />
      </States>
      <States of="Tabs">
        <div className="w-full min-w-0">
          <Tabs
            label="Parts of the record"
            value={tab}
            onChange={setTab}
            tabs={[
              { value: "overview", label: "Overview", panel: <p>What is going on.</p> },
              { value: "tasks", label: "Tasks", count: 4, panel: <p>What is to be done.</p> },
              { value: "docs", label: "Docs", count: 12, panel: <p>What was signed.</p> },
              { value: "old", label: "Archive", disabled: true, panel: null },
            ]}
          />
        </div>
        <div className="w-full min-w-0">
          <TabLinks
            label="Pages"
            links={[
              { to: paths.design, label: "Design system" },
              { to: paths.status, label: "System status" },
            ]}
          />
        </div>
      </States>
      <States of="Segmented control">
        <SegmentedControl
          label="Time span"
          value={span}
          onChange={setSpan}
          options={[
            { value: "week", label: "Week" },
            { value: "month", label: "Month" },
            { value: "year", label: "Year" },
          ]}
        />
        <SegmentedControl
          label="Not now"
          value="light"
          onChange={() => {}}
          disabled
          options={[
            { value: "light", label: "Light", Icon: Sun },
            { value: "dark", label: "Dark", Icon: Moon },
            { value: "system", label: "System", Icon: Monitor },
          ]}
        />
      </States>
      <States of="Section and facts">
        <div className="w-full max-w-md">
          <Subject title="Agreement" description="What was agreed on." actions={<Button look="quiet">Edit</Button>}>
            <KeyValueList
              items={[
                { label: "Renewal", value: <Pill tone="warn">in 113 days</Pill> },
                { label: "Structure", value: "Referral, 18 % one-time; from € 250,000 a year 22 %" },
                { label: "Since", value: "14 Mar 2023" },
                { label: "Ended", value: null },
              ]}
            />
          </Subject>
        </div>
      </States>
      <States of="Keys">
        <span className="flex items-center gap-1">
          <Kbd>Ctrl</Kbd>
          <Kbd>K</Kbd>
        </span>
      </States>
      <States of="Progress">
        <div className="grid w-full max-w-md gap-4">
          <ProgressBar label="Importing" value={0.42} note="1,680 of 4,000 rows" />
          <ProgressBar label="Preparing" value={null} />
          <ProgressBar label="Exported" value={1} tone="good" />
          <ProgressBar label="Stopped" value={0.8} tone="bad" note="Row 3,201 could not be read" />
        </div>
        <Spinner className="size-5" />
      </States>
      <States of="Skeleton">
        <div aria-hidden="true" className="flex w-full max-w-md items-center gap-3">
          <Skeleton className="size-10 rounded-full" />
          <div className="flex-1">
            <TextSkeleton className="w-40" />
            <TextSkeleton className="w-64" />
          </div>
        </div>
      </States>
      <States of="Notices">
        <div className="grid w-full max-w-xl gap-2">
          <Notice tone="info">The numbers of today are counted tonight.</Notice>
          <Notice tone="warn">Two seats are left. Ask for more before you invite.</Notice>
          <Notice tone="bad">This was not saved. Check your connection and try again.</Notice>
        </div>
      </States>
      <States of="Nothing here">
        <div className="w-full rounded-card border border-line">
          <EmptyState Icon={Inbox} title="No messages yet" action={<Button look="primary">Write the first</Button>}>
            What colleagues mention you in arrives here, and stays until you have read it.
          </EmptyState>
        </div>
        <div className="w-full rounded-card border border-line">
          <ErrorState
            title="The list could not be loaded"
            message="The server cannot be reached. Check your connection and try again."
            retry={() => {}}
          />
        </div>
      </States>
    </Section>
  );
}
