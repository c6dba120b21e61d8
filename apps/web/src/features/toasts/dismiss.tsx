import { Toast } from "@base-ui/react/toast";
import { CloseIcon } from "../../ui/icons.tsx";
import { Button } from "../../ui/button.tsx";
import { useWords } from "../../words/index.ts";

/** Ends a toast. Named for screen readers at all times: the part hides itself while the toasts are not hovered. */
export function Dismiss() {
  const { dismiss } = useWords().toasts;
  return (
    <Toast.Close
      aria-hidden={false}
      aria-label={dismiss}
      title={dismiss}
      render={<Button look="icon" className="-my-1 -me-1 self-start pointer-coarse:-my-2 pointer-coarse:-me-2" />}
    >
      <CloseIcon />
    </Toast.Close>
  );
}
