/* See sip/hmac.h. */
#include "sip/hmac.h"

#include <nettle/hmac.h>

void
hmac_sha1(struct str key, struct str text, char mac[HMAC_SHA1_BYTES])
{
	struct hmac_sha1_ctx ctx;

	hmac_sha1_set_key(&ctx, key.n, (const uint8_t *)key.p);
	hmac_sha1_update(&ctx, text.n, (const uint8_t *)text.p);
	hmac_sha1_digest(&ctx, HMAC_SHA1_BYTES, (uint8_t *)mac);
}
