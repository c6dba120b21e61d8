import { useStore } from "zustand";
import { closeOver, over } from "../../store/over.ts";
import { singleKeys } from "../../store/single-keys.ts";
import { useAllWords } from "../../words/all.ts";
import { KEYS } from "../inbox/keys.ts";
import { Modal } from "./modal.tsx";

/** What the keys do. */
export function KeysDialog() {
  const isOpen = useStore(over, (layers) => layers.includes("keys"));
  return isOpen ? <Dialog /> : null;
}

function Dialog() {
  const { keys: words } = useAllWords();
  const single = useStore(singleKeys, (now) => now === "on");
  return (
    <Modal titleId="keys-title" title={words.title} onClose={() => closeOver("keys")}>
      {!single && <p className="text-small leading-words text-quiet">{words.off}</p>}
      <dl className={`grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-2 ${single ? "" : "text-quiet"}`}>
        {KEYS.map(({ command, keys }) => (
          <div key={command} className="contents">
            <dt>{words.commands[command]}</dt>
            <dd className="flex justify-end gap-1.5">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-6 rounded-[6px] border border-line bg-wash px-1.5 py-0.5 text-center font-sans text-small"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
