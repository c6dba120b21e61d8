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
      {wantsToken(status.code) && (
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

/** Whether it was the token that the hub did not want: another one may do. */
function wantsToken(code: number): boolean {
  const why = hangUpOf(code);
  return why === "tokenRefused" || why === "revoked";
}
