import { toggle } from "../../store/feed.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { UnfoldIcon } from "../../ui/row-icons.tsx";
import { Thread } from "../../ui/thread.tsx";
import { useAllWords } from "../../words/all.ts";
import type { Row } from "./rows.ts";

/** Faces beside the newest author's own. */
const FACES = 3;

/** Who else replied in a thread, and how much of it is new; opens and closes the group. */
export function GroupLine({ group }: { readonly group: Extract<Row, { is: "group" }> }) {
  const { inbox: words } = useAllWords();
  const { key, shown, members, people, unseen, isOpen } = group;
  const others = people.filter((name) => name !== shown.from).slice(0, FACES);
  const said = people.length > 1 ? words.people(people.length) : words.replies(members.length);
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => toggle(key)}
        className="target -ms-2 flex items-center gap-2 rounded-box px-2 text-start text-small hover:bg-wash"
      >
        <UnfoldIcon isOpen={isOpen} />
        {others.length > 0 && (
          <span aria-hidden className="flex -space-x-1.5 rtl:space-x-reverse">
            {others.map((name) => (
              <Avatar key={name} name={name} size="tiny" />
            ))}
          </span>
        )}
        <span>{unseen === 0 ? said : words.saidAndNew(said, unseen)}</span>
      </button>
      {shown.thread !== undefined && <Thread name={shown.thread} />}
    </div>
  );
}
