/* The session description of an inspected message: what must not change in it.
 */
#include "inspect/inspect_in.h"

/* "- 2890844526 2890842807 IN IP4 192.0.2.1": VERSION is the third word. */
static void
read_origin(struct str value, struct description *d)
{
	uint64_t h = STR_HASH_START, n;

	for (int i = 0; value.n > 0; i++) {
		struct str word = str_cut(value, ' ', &value);

		if (i != 2)
			h = str_hash_words(word, h);
		else if (str_u64(word, &n) == 0 && n <= INT64_MAX)
			d->version = (int64_t)n;
		if (i == 1)
			d->session = str_hash_end(h);
	}
	d->origin = str_hash_end(h);
}

void
inspected_description(struct inspected_message *l, struct description *d)
{
	*d = (struct description){ .version = -1 };
	if (!inspected_sdp(l))
		return;
	for (size_t i = 0; i < l->in->sdp->nlines; i++)
		if (l->in->sdp->lines[i].type == 'o')
			read_origin(l->in->sdp->lines[i].value, d);
	d->there = true;
}

bool
inspected_sdp(struct inspected_message *l)
{
	struct inspect *in = l->in;

	if (!l->has_sdp)
		return false;
	if (in->sdp_seq != l->seq || in->sdp_of.p != l->sdp.p ||
	    in->sdp_of.n != l->sdp.n) {
		in->sdp_good = msg_sdp_read(in->sdp, l->sdp, &in->sdp_at) == 0;
		in->sdp_seq = l->seq;
		in->sdp_of = l->sdp;
	}
	return in->sdp_good;
}

uint32_t
inspected_ssrc(struct inspected_message *l)
{
	uint32_t ssrc = 0;

	if (!inspected_sdp(l))
		return 0;
	for (size_t i = 0; i < l->in->sdp->nlines; i++)
		if (l->in->sdp->lines[i].type == 'y' &&
		    str_u32(l->in->sdp->lines[i].value, &ssrc) == 0)
			return ssrc;
	return 0;
}

struct str
inspected_setup(struct inspected_message *l)
{
	struct str value = STR_NULL;

	if (inspected_sdp(l) &&
	    !msg_sdp_attribute_find(l->in->sdp, 1, "setup", 0, &value))
		msg_sdp_attribute_find(l->in->sdp, 0, "setup", 0, &value);
	return str_trim(value);
}
