import { retry, signInAgain } from "../../hub.ts";
import type { Status } from "../../store/connection.ts";
import { hangUpOf } from "../../store/hang-up.ts";
import { Button } from "../../ui/button.tsx";
import { useWords } from "../../words/index.ts";

/** What the user can do about the connection. */
export function Actions({ status }: { readonly status: Status }) {
  const { connection: words } = useWords();
  if (status.at === "waiting") {
    return (
      <Button look="text" onClick={retry}>
        {words.tryNow}
      </Button>
    );
  }
  if (status.at !== "refused") return null;
  return (
    <span className="flex shrink-0">
      {hangUpOf(status.code) === "tokenRefused" && (
        <Button look="text" onClick={signInAgain}>
          {words.signInAgain}
        </Button>
      )}
      <Button look="text" onClick={retry}>
        {words.tryAgain}
      </Button>
    </span>
  );
}
