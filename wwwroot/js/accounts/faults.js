import { t } from '../text.js';

// Those that a person meets while typing, in the person's language; the rest say what the server says.
const KNOWN = ['wrong_credentials', 'account_disabled', 'too_many_sign_ins', 'invitation_gone', 'last_owner', 'name_taken', 'empty_name', 'name_too_long',
  'password_too_short', 'password_too_uniform', 'password_holds_name', 'wrong_password', 'provider_unreachable'];

/** What went wrong, in a sentence. */
export function faultWords(error) {
  const code = error.errors?.[0]?.code ?? error.code;
  if (!KNOWN.includes(code)) return error.message;
  return t(`account.fault.${code}`, { seconds: Math.ceil((error.retryAfter ?? 0) / 1000) });
}
