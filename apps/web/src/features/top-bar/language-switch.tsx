import { Button } from "../../ui/button.tsx";
import { useLanguage, useWords } from "../../words/index.ts";
import { choose } from "../../words/language.ts";

/** Speaks the other language; named in that language, for whoever does not read this one. */
export function LanguageSwitch() {
  const other = useLanguage() === "en" ? "zh-CN" : "en";
  const { otherLanguage, otherLanguageShort } = useWords().settings;
  return (
    <Button
      look="icon"
      className="px-1"
      lang={other}
      aria-label={otherLanguage}
      title={otherLanguage}
      onClick={() => choose(other, localStorage)}
    >
      {otherLanguageShort}
    </Button>
  );
}
