/* Sound that a live run keeps; see live/kept_sound.h. */
#include "live/kept_sound.h"

#include "base/err.h"
#include "base/i18n.h"
#include "media/rtp.h"

#include <string.h>

static bool
is_sound(struct str b)
{
	const uint8_t *p = (const uint8_t *)b.p;
	struct rtp_head head;

	return !rtp_is_control(p, b.n) && rtp_read_head(p, b.n, &head);
}

/* An RTP packet with its sound removed: its head, and the silence of G.711 (of
 * other codecs zeros).  A packet shorter than a block of sound, such as a digit
 * (RFC 4733), stays. */
static struct str
kept_sound_silence(struct kept_sound *k, struct str b)
{
	unsigned first = (unsigned char)b.p[0], type = b.p[1] & 127;
	size_t head = 12 + 4 * (first & 15);

	if (b.n < head + 20)
		return b;
	memcpy(k->silenced, b.p, head);
	memset(k->silenced + head,
	    type == 0   ? 0xff
	    : type == 8 ? 0xd5
			: 0,
	    b.n - head);
	return (struct str){ k->silenced, b.n };
}

struct str
kept_sound_take(struct kept_sound *k, struct str b)
{
	if (!is_sound(b))
		return b;
	if (k->bytes + b.n <= k->most) {
		k->bytes += b.n;
		return b;
	}
	if (k->muted.err == 0)
		diag_set(&k->muted, ERR_LIMIT, NULL, 0,
		    _("the trace contains %llu MB of speech, which is the "
		      "limit; from here on it contains silence"),
		    (unsigned long long)(k->most + 999999) / 1000000);
	k->bytes = k->most;
	return kept_sound_silence(k, b);
}

const struct diag *
kept_sound_tell(struct kept_sound *k)
{
	bool tells = k->muted.err != 0 && !k->told;

	k->told |= tells;
	return tells ? &k->muted : NULL;
}
