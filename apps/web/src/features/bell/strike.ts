/** The partials of a small bell: how high above its note, how loud, and how many seconds each is heard. */
const PARTIALS = [
  { ratio: 0.5, gain: 0.1, seconds: 1.4 },
  { ratio: 1, gain: 0.16, seconds: 1.1 },
  { ratio: 1.2, gain: 0.06, seconds: 0.8 },
  { ratio: 2, gain: 0.07, seconds: 0.6 },
  { ratio: 3.01, gain: 0.03, seconds: 0.3 },
] as const;
/** Hertz. */
const NOTE = 784;
/** Between two strokes: more at once are one. */
const PAUSE_MS = 1_000;

let audio: AudioContext | undefined;
let struckAt = -PAUSE_MS;

/** Strikes a bell, if the browser lets this tab be heard. */
export function strike(): void {
  const now = performance.now();
  if (now - struckAt < PAUSE_MS) return;
  struckAt = now;
  audio ??= new AudioContext();
  void audio.resume();
  for (const partial of PARTIALS) sound(audio, partial);
}

function sound(on: AudioContext, { ratio, gain: loud, seconds }: (typeof PARTIALS)[number]): void {
  const [tone, gain] = [on.createOscillator(), on.createGain()];
  const at = on.currentTime;
  tone.frequency.value = NOTE * ratio;
  gain.gain.setValueAtTime(loud, at);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
  tone.connect(gain).connect(on.destination);
  tone.start(at);
  tone.stop(at + seconds);
}
