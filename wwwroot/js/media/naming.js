// What an artifact is, by its type and name: clients name pictures `images/<tag>/<step>.png`, sound `audio/…`, and so on.

import { FIGURE_SUFFIX } from '../charts/figurecheck.js';

const EXTENSIONS = {
  image: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif', 'apng'],
  table: ['csv', 'tsv', 'jsonl', 'ndjson'],
  audio: ['wav', 'mp3', 'ogg', 'oga', 'opus', 'flac', 'm4a', 'aac'],
  video: ['mp4', 'm4v', 'webm', 'ogv', 'mov'],
};
const FOLDERS = { images: 'image', audio: 'audio', videos: 'video', tables: 'table', figures: 'figure' };
const TABLES = ['csv', 'tsv', 'jsonl', 'ndjson', 'json'];

/** Kinds that the page shows, in its order. */
export const KINDS = ['image', 'text', 'table', 'figure', 'audio', 'video', 'file', 'checkpoint'];

/** What follows a name's last dot, in small letters. */
export const extensionOf = (name) => /\.([^./]+)$/.exec(name)?.[1].toLowerCase() ?? '';

/** Kind of an artifact; `file` where nothing shows it. */
export function kindOf({ type, name }) {
  if (type === 'checkpoint') return 'checkpoint';
  const extension = extensionOf(name);
  const slash = name.indexOf('/');
  const folder = slash > 0 ? FOLDERS[name.slice(0, slash)] : undefined;
  if (folder === 'table' && TABLES.includes(extension)) return 'table';
  if (extension === 'svg' || name.endsWith(FIGURE_SUFFIX)) return 'figure';
  if (folder === 'video' && (EXTENSIONS.video.includes(extension) || EXTENSIONS.image.includes(extension))) return 'video';
  for (const [kind, extensions] of Object.entries(EXTENSIONS)) if (extensions.includes(extension)) return kind;
  return type === 'image' ? 'image' : 'file';
}

/** The series that an artifact belongs to: its name without the folder of its kind and without its step. */
export function tagOf(artifact) {
  const { name, step } = artifact;
  const slash = name.indexOf('/');
  const short = slash > 0 && FOLDERS[name.slice(0, slash)] ? name.slice(slash + 1) : name;
  if (step === null || step === undefined) return short;
  const match = /^(.*?)[/_-]?(-?\d+)((?:\.[A-Za-z0-9]+)+)$/s.exec(short);
  if (!match || match[1] === '') return short;
  // Names may pad the number: 0010.png is step 10.
  return /^-?\d{1,15}$/.test(match[2]) && Number(match[2]) === step ? match[1] : short;
}

/**
 * The entry of `entries` (`{ position }`, rising) that was the newest at a position; null where there was none yet.
 */
export function entryAt(entries, position) {
  let found = null;
  for (const entry of entries) {
    if (entry.position > position) break;
    found = entry;
  }
  return found;
}
