import { useState } from "react";
import { openOver } from "../../store/over.ts";
import { useAllWords } from "../../words/all.ts";
import { useLanguage } from "../../words/index.ts";
import { point } from "../../words/time.ts";
import { ACTIONS } from "../inbox/actions.ts";
import { putOff } from "../inbox/marking.ts";
import { meantBy, type Row } from "../inbox/rows.ts";
import { snoozeTimes } from "../inbox/snooze-times.ts";
import { Item } from "./menu-items.tsx";

/** Until when a row can be put off. */
export function SnoozeItems({ row }: { readonly row: Row }) {
  const { inbox: words } = useAllWords();
  const language = useLanguage();
  const [now] = useState(Date.now);
  return (
    <>
      {ACTIONS.wake.applies(row) && <Item onChoose={() => ACTIONS.wake.run(row)}>{words.actions.wake}</Item>}
      {snoozeTimes(now).map(({ name, at }) => (
        <Item key={name} onChoose={() => putOff(meantBy(row), at)}>
          <span className="flex-1">{words.snoozeTimes[name]}</span>
          <span className="text-quiet tabular-nums">{point(at, now, language)}</span>
        </Item>
      ))}
      <Item onChoose={() => openOver("time")}>{words.pickTime}</Item>
    </>
  );
}
