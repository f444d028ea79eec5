// Names in pictures.

/** Text as the chart library shows it unchanged: it takes a few tags for markup, and names may hold anything. */
export function escapeMarkup(text) {
  return String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
