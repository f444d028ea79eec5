// A classic script, first in the page's head: takes the secret out of the address before anything else is loaded, so that it is in no history, no title and no script's view of the address.
{
  let secret = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  /** The secret, once. */
  globalThis.takeShareSecret = () => {
    const taken = secret;
    secret = '';
    delete globalThis.takeShareSecret;
    return taken;
  };
}
