import { useStore } from "zustand";
import { over, toggleOver } from "../../store/over.ts";
import { Button } from "../../ui/button.tsx";
import { SettingsIcon } from "../../ui/icons.tsx";
import { useWords } from "../../words/index.ts";
import { ANCHORS } from "../layers/anchors.ts";
import { expectLayers } from "../layers/over-page.tsx";

/** The way to theme, language and keys. */
export function SettingsButton() {
  const { settings: title } = useWords().page;
  const isOpen = useStore(over, (layers) => layers.includes("settings"));
  return (
    <Button
      id={ANCHORS.settings}
      look="icon"
      aria-label={title}
      title={title}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onPointerEnter={expectLayers}
      onFocus={expectLayers}
      onClick={() => toggleOver("settings")}
    >
      <SettingsIcon />
    </Button>
  );
}
