/** One colour scheme; every pair that is read together has a tested contrast (test/web/contrast.test.ts). */
export interface Palette {
  readonly surface: string;
  readonly canvas: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly lineStrong: string;
  readonly line: string;
  readonly primary: string;
  readonly primaryHover: string;
  readonly onPrimary: string;
  readonly primarySoft: string;
  readonly green: string;
  readonly greenSoft: string;
  readonly yellow: string;
  readonly yellowSoft: string;
  readonly red: string;
  readonly redSoft: string;
  readonly brand: string;
}

export const light: Palette = {
  surface: '#FFFFFF',
  canvas: '#F4F5F7',
  ink: '#1A1D21',
  ink2: '#454B53',
  ink3: '#5F666F',
  lineStrong: '#7E858E',
  line: '#D9DDE2',
  primary: '#1B5FAA',
  primaryHover: '#164E8C',
  onPrimary: '#FFFFFF',
  primarySoft: '#E7F0FA',
  green: '#12704A',
  greenSoft: '#E2F3EA',
  yellow: '#7A5200',
  yellowSoft: '#FFF2CC',
  red: '#B42318',
  redSoft: '#FDE8E6',
  brand: '#B3261E',
};

export const dark: Palette = {
  surface: '#1E2226',
  canvas: '#14171A',
  ink: '#F2F4F6',
  ink2: '#C6CCD3',
  ink3: '#A0A8B1',
  lineStrong: '#7F8790',
  line: '#353B42',
  primary: '#8AB8F2',
  primaryHover: '#A9CBF6',
  onPrimary: '#0C1B2E',
  primarySoft: '#1F3049',
  green: '#6FCB9B',
  greenSoft: '#17352A',
  yellow: '#EBC05A',
  yellowSoft: '#3A2F12',
  red: '#FF9C92',
  redSoft: '#45211E',
  brand: '#F2897F',
};

export const FONT_FAMILY = '"PingFang SC","Microsoft YaHei","HarmonyOS Sans SC","Noto Sans SC",sans-serif';
