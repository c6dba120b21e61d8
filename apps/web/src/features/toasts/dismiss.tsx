import { Toast } from "@base-ui/react/toast";
import { CloseIcon } from "../../ui/icons.tsx";
import { Button } from "../../ui/button.tsx";
import { useAllWords } from "../../words/all.ts";

/** Beside one line, or at the first of several. */
const PLACES = {
  line: "-my-1 -me-1 self-center pointer-coarse:-my-2 pointer-coarse:-me-2",
  top: "absolute end-2 top-2 pointer-coarse:end-1 pointer-coarse:top-0",
} as const;
/** What stands on the first line leaves it room there. */
export const DISMISS_ROOM = "pe-8 pointer-coarse:pe-10";

/** Ends a toast. Named for screen readers at all times: the part hides itself while the toasts are not hovered. */
export function Dismiss({ place = "top" }: { readonly place?: keyof typeof PLACES }) {
  const { dismiss } = useAllWords().toasts;
  return (
    <Toast.Close
      aria-hidden={false}
      aria-label={dismiss}
      title={dismiss}
      render={<Button look="icon" className={PLACES[place]} />}
    >
      <CloseIcon />
    </Toast.Close>
  );
}
