import { theme, type ThemeConfig } from 'antd';

import { dark, FONT_FAMILY, light, type Palette } from './tokens.ts';

/**
 * antd in our colours and sizes; its own defaults miss AA contrast (see the tokens' test). `isStill` for people who want
 * no motion: our styles switch animations off, and antd would wait for their end with its popups unseen.
 */
export function antdTheme(isDark: boolean, isStill: boolean): ThemeConfig {
  const palette = isDark ? dark : light;
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...colours(palette),
      motion: !isStill,
      fontFamily: FONT_FAMILY,
      fontSize: 16,
      controlHeight: 40,
      borderRadius: 6,
      lineWidthFocus: 3,
      motionDurationFast: '0.1s',
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.2s',
    },
    components: {
      // A month fits on a phone of 320 px.
      DatePicker: { cellWidth: 34, cellHeight: 30, textHeight: 40 },
      Button: {
        primaryColor: palette.onPrimary,
        defaultBg: palette.surface,
        defaultColor: palette.ink,
        fontWeight: 400,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
      },
    },
  };
}

function colours(palette: Palette): NonNullable<ThemeConfig['token']> {
  return {
    colorPrimary: palette.primary,
    colorPrimaryHover: palette.primaryHover,
    colorPrimaryActive: palette.primaryHover,
    colorInfo: palette.primary,
    colorLink: palette.primary,
    colorLinkHover: palette.primaryHover,
    colorSuccess: palette.green,
    colorWarning: palette.yellow,
    colorError: palette.red,
    colorText: palette.ink,
    colorTextSecondary: palette.ink2,
    colorTextTertiary: palette.ink3,
    colorTextQuaternary: palette.ink3,
    colorTextDescription: palette.ink3,
    colorTextPlaceholder: palette.ink3,
    colorTextLightSolid: palette.onPrimary,
    colorBorder: palette.lineStrong,
    colorBorderSecondary: palette.line,
    colorBgBase: palette.surface,
    colorBgContainer: palette.surface,
    colorBgElevated: palette.surface,
    colorBgLayout: palette.canvas,
  };
}
