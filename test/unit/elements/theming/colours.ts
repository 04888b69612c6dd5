/**
 * Colours as browsers show them: what a value of CSS is on the screen, which colours stand in an element, and how well two of
 * them can be told apart. It does not know which ones they should be.
 */

/** Red, green, blue and opacity, each 0 to 255. */
export type Pixel = readonly [number, number, number, number];

const canvas = document.createElement('canvas');
canvas.width = canvas.height = 1;
const pencil = canvas.getContext('2d', { willReadFrequently: true })!;

/** @param color a computed value: `rgb(…)`, `color(srgb …)`, … */
export function pixelOf(color: string): Pixel {
  pencil.clearRect(0, 0, 1, 1);
  pencil.fillStyle = color;
  pencil.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, opacity = 0] = pencil.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, opacity];
}

/** What a value of CSS, with tokens in it, is inside an element. */
export function resolve({ shadowRoot }: Element, value: string): Pixel {
  const probe = document.createElement('span');
  probe.style.color = value;
  shadowRoot!.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return pixelOf(color);
}

/** Contrast ratio of two opaque colours, 1 to 21: WCAG 2.2, definitions of contrast ratio and relative luminance. */
export function contrast(first: Pixel, second: Pixel): number {
  const [dark = 0, light = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Pixel): number {
  const linear = (part: number): number => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** A colour that is shown, and by what. */
export interface Shown {
  readonly by: string;
  readonly pixel: Pixel;
}

const SIDES = ['Top', 'Right', 'Bottom', 'Left'] as const;

/** Every opaque colour of an element and of what is in its shadow root: texts, grounds, lines and drawings. */
export function shownColours(host: Element): Shown[] {
  const parts = [host, ...host.shadowRoot!.querySelectorAll('*')];
  return parts.filter((part) => part.checkVisibility() && !part.closest('.simulated')).flatMap(coloursOf);
}

function coloursOf(part: Element): Shown[] {
  const style = getComputedStyle(part);
  // Drawn by the browser in the accent's colour: what Firefox computes for its ground and lines is painted nowhere.
  if (part instanceof HTMLProgressElement && style.appearance === 'auto')
    return opaque(part, [['accent', style.accentColor]]);
  const values: [string, string][] = [
    ['color', style.color],
    ['background', style.backgroundColor],
  ];
  for (const side of SIDES) {
    if (style[`border${side}Style`] !== 'none') values.push([`border${side}`, style[`border${side}Color`]]);
  }
  if (part.hasAttribute('placeholder')) values.push(['placeholder', getComputedStyle(part, '::placeholder').color]);
  // What is only around shapes paints nothing itself.
  if (part instanceof SVGGeometryElement) values.push(['fill', style.fill], ['stroke', style.stroke]);
  return opaque(part, values);
}

function opaque(part: Element, values: readonly (readonly [string, string])[]): Shown[] {
  return values
    .filter(([, color]) => color !== 'none')
    .map(([name, color]) => ({
      by: `${name} of <${part.localName} class="${part.getAttribute('class') ?? ''}">`,
      pixel: pixelOf(color),
    }))
    .filter(({ pixel }) => pixel[3] === 255);
}
