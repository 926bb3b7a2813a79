import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Json } from "@/shared/types/database.types";
import { previewQuery } from "../queries";
import type { Setting } from "../types";

const PAUSE = 400;

/** What saving would do, asked once somebody pauses; what was last told stands until the new answer is there. */
export function usePreview(organizationId: string, { category, key }: Setting, value: Json, isAsked: boolean) {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState<string>();
  useEffect(() => {
    if (!isAsked) return;
    const timer = setTimeout(() => setSettled(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text, isAsked]);
  const isSettled = isAsked && settled === text;
  const { data, isFetching } = useQuery({
    ...previewQuery(organizationId, category, key, { value }),
    enabled: isSettled,
    placeholderData: keepPreviousData,
  });
  return { data: isSettled ? data : undefined, isFetching: isAsked && (!isSettled || isFetching) };
}
