/** The forms of a sentence that counts something; `other` holds for every number that has no form of its own. */
export type Forms = { readonly [Rule in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** Chooses among forms by the rules of one language, and writes the number where `#` stands. */
export function pluralIn(language: string): (count: number, forms: Forms) => string {
  let made: Ways | undefined; // They are slow to make, and the page comes up without counting anything.
  return (count, forms) => {
    const { rules, numbers } = (made ??= waysOf(language));
    return (forms[rules.select(count)] ?? forms.other).replace("#", numbers.format(count));
  };
}

type Ways = { readonly rules: Intl.PluralRules; readonly numbers: Intl.NumberFormat };

function waysOf(language: string): Ways {
  return { rules: new Intl.PluralRules(language), numbers: new Intl.NumberFormat(language) };
}
