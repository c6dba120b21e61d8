import { Button } from "../../ui/button.tsx";
import { useWords } from "../../words/index.ts";

/** In place of the inbox, whose code did not come. */
export function NotLoaded() {
  const { page: words } = useWords();
  return (
    <div role="alert" className="flex flex-col items-start gap-3 py-4">
      <p className="leading-words">{words.notLoaded}</p>
      <Button look="plain" onClick={() => location.reload()}>
        {words.reload}
      </Button>
    </div>
  );
}
