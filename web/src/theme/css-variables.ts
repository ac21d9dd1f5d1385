import { dark, FONT_FAMILY, light, type Palette } from './tokens.ts';

/** The palettes as CSS variables; dark follows the system. */
export function themeCss(): string {
  return `
    :root { ${declarations(light)} --font: ${FONT_FAMILY}; }
    @media (prefers-color-scheme: dark) { :root { ${declarations(dark)} } }
  `;
}

/** Writes the palettes into the page. Call once before rendering. */
export function installTheme(): void {
  const style = document.createElement('style');
  style.textContent = themeCss();
  document.head.append(style);
}

function declarations(palette: Palette): string {
  return Object.entries(palette)
    .map(
      ([name, value]) =>
        `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${String(value)};`,
    )
    .join(' ');
}
