import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Colour = [red: number, green: number, blue: number];

/** Linear sRGB of an OKLCH colour (CSS Color 4, §9.3). */
function linear(lightness: number, chroma: number, hue: number): Colour {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function tokens(selector: string): Map<string, Colour> {
  const css = readFileSync('src/shared/styles/tokens.css', 'utf8');
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? '';
  const found = block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);|--([\w-]+): oklch\(1 0 0\);/g);
  return new Map(
    [...found].map((match) => [
      match[1] ?? match[5] ?? '',
      linear(Number(match[2] ?? 1), Number(match[3] ?? 0), Number(match[4] ?? 0)),
    ]),
  );
}

const luminance = ([red, green, blue]: Colour) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

function contrast(colours: Map<string, Colour>, one: string, other: string): number {
  const [a, b] = [one, other].map((name) => luminance(colours.get(name) ?? [NaN, NaN, NaN]) + 0.05) as [number, number];
  return Math.max(a, b) / Math.min(a, b);
}

const grounds = ['canvas', 'surface', 'sunken', 'accent-soft'];
const texts: [string, string][] = [
  ...grounds.flatMap((ground): [string, string][] => [
    ['ink', ground],
    ['muted', ground],
    ['accent-strong', ground],
  ]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-bad', 'bad'],
  ['good', 'good-soft'],
  ['warn', 'warn-soft'],
  ['bad', 'bad-soft'],
  ['bad', 'surface'],
  ['bad', 'canvas'],
  ['muted', 'bad-soft'],
  ['ink', 'mark'],
  ['canvas', 'ink'],
];
const controls: [string, string][] = ['canvas', 'surface'].flatMap((ground): [string, string][] => [
  ['control', ground],
  ['accent', ground],
]);

test.each([':root', ":root[data-theme='dark']"])('text and controls stand out in %s', (selector) => {
  const colours = tokens(selector);
  for (const [text, ground] of texts)
    expect(contrast(colours, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  for (const [control, ground] of controls)
    expect(contrast(colours, control, ground), `${control} on ${ground}`).toBeGreaterThanOrEqual(3);
});
