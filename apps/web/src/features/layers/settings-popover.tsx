import { useStore } from "zustand";
import { openOver } from "../../store/over.ts";
import { session } from "../../store/session.ts";
import { singleKeys } from "../../store/single-keys.ts";
import { theme, THEMES } from "../../store/theme.ts";
import { storageOf } from "../../storage.ts";
import { Button } from "../../ui/button.tsx";
import { useAllWords } from "../../words/all.ts";
import { useLanguage } from "../../words/index.ts";
import { choose, LANGUAGES } from "../../words/language.ts";
import { AlertSettings } from "./alert-settings.tsx";
import { Choice } from "./choice.tsx";
import { Hanging } from "./hanging.tsx";
import { MuteSettings } from "./mute-settings.tsx";
import { QuietSettings } from "./quiet-settings.tsx";
import { Switch } from "./switch.tsx";

const TITLE = "settings-title";
/** Each language by its own name, for whoever does not read the other one. */
const NAMES = { en: "English", "zh-CN": "简体中文" } as const;

/** How the page looks, speaks, rings, and listens to keys. */
export function SettingsPopover() {
  const { settings: words } = useAllWords();
  const shown = useStore(theme);
  const spoken = useLanguage();
  const single = useStore(singleKeys);
  const isIn = useStore(session, (now) => now.at === "in");
  return (
    <Hanging
      layer="settings"
      titleId={TITLE}
      className="flex max-h-[min(var(--available-height),calc(100dvh-64px))] w-[min(22rem,calc(100vw-16px))] flex-col gap-4 overflow-y-auto p-4"
    >
      <h2 id={TITLE} tabIndex={-1} className="text-body font-bold">
        {words.title}
      </h2>
      <Choice
        name="theme"
        label={words.theme}
        options={THEMES.map((one) => ({ value: one, label: words.themes[one] }))}
        chosen={shown}
        onChoose={(one) => theme.setState(one, true)}
      />
      <Choice
        name="language"
        label={words.language}
        options={LANGUAGES.map((one) => ({ value: one, label: NAMES[one], lang: one }))}
        chosen={spoken}
        onChoose={(one) => void choose(one, storageOf("localStorage"))}
      />
      {isIn && <QuietSettings />}
      <AlertSettings />
      {isIn && <MuteSettings />}
      <div className="flex flex-col gap-1 border-t border-line pt-3">
        <Switch
          label={words.singleKeys}
          note={words.singleKeysNote}
          on={single === "on"}
          onChange={(on) => singleKeys.setState(on ? "on" : "off", true)}
        />
        <Button look="text" className="ms-5 self-start" onClick={() => openOver("keys")}>
          {words.showKeys}
        </Button>
      </div>
    </Hanging>
  );
}
