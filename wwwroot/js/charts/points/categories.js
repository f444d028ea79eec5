// Colours of categories. The first nine are those of runs (css/tokens.css); the others were chosen one after another, each as far as it could be from all before it, as people see it who do and who do not
// tell red from green or blue from yellow, and with the contrast to the card that graphics need.

import { COLORS } from '../../palette.js';

const RUNS = {
  light: ['#3c91fd', '#d07b00', '#177f74', '#ba76b7', '#7c631f', '#1a5b82', '#76363c', '#7b50c9', '#5f9b70'],
  dark: ['#6e9bfb', '#bf5914', '#75f1d4', '#976795', '#c1b528', '#7dc5eb', '#d0878b', '#7962dd', '#b5ed60'],
};
const MORE = {
  light: ['#24096c', '#362400', '#0000ab', '#0000f3', '#5a247e', '#480048', '#4824c6', '#ab0999', '#e151f3', '#d8243f', '#902d6c', '#63002d', '#363651', '#ab51a2', '#5a48fc', '#513600', '#6c75cf', '#b45163', '#5a5100', '#fc4899', '#d86351'],
  dark: ['#486c51', '#fc51cf', '#c600bd', '#f390bd', '#7ec675', '#cffcab', '#8712fc', '#b43636', '#eab4ab', '#e1d8a2', '#6ca236', '#4863ab', '#fc6312', '#bdfcfc', '#009063', '#9087b4', '#cf6375', '#a2e1fc', '#eafc36', '#637efc', '#755a7e'],
};

/** How many categories have a colour of their own. */
export const DISTINCT = COLORS + MORE.light.length;

/** A colour for each of so many categories: `{ colors, repeats }`. From the thirty-first on they repeat; whoever shows them says so. */
export function categoryColors(count, dark) {
  const theme = dark ? 'dark' : 'light';
  const all = [...RUNS[theme], ...MORE[theme]];
  return { colors: Array.from({ length: count }, (_, i) => all[i % DISTINCT]), repeats: count > DISTINCT };
}
