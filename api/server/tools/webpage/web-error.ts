/** Why a page cannot be had, in words for the model. Names nothing that lies inside the network. */
export class WebError extends Error {
  override readonly name = 'WebError';
}
