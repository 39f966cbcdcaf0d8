/* The bytes of messages, shared; see sip/bytes.h. */
#include "sip/bytes.h"

#include "base/err.h"

#include <string.h>

static size_t
bytes_size(const struct sip_bytes *b)
{
	return sizeof(*b) + b->n + 1;
}

static void
bytes_destroy(void *p)
{
	struct sip_bytes *b = p;

	if (b->sim != NULL)
		sim_give_back_memory(b->sim, bytes_size(b));
}

/* N bytes, to be written. */
static struct sip_bytes *
make_bytes(struct sim *sim, size_t n)
{
	struct sip_bytes *b = ref_alloc(sizeof(*b) + n + 1, bytes_destroy);

	if (b == NULL)
		return NULL;
	b->sim = sim;
	b->n = n;
	if (sim != NULL)
		sim_take_memory(sim, bytes_size(b));
	return b;
}

struct sip_bytes *
sip_bytes_new(struct sim *sim, struct str s)
{
	struct sip_bytes *b = make_bytes(sim, s.n);

	if (b != NULL && s.n > 0)
		memcpy(b->p, s.p, s.n);
	return b;
}

int
sip_bytes_changed(
    struct sim *sim, const struct msg_splice *s, struct sip_bytes **out)
{
	*out = NULL;
	if (s->err != 0)
		return s->err;
	*out = make_bytes(sim, msg_splice_size(s));
	if (*out == NULL)
		return ERR_NOMEM;
	msg_splice_copy(s, (*out)->p);
	return 0;
}

int
sip_bytes_splice(struct sim *sim, struct msg_splice *s, struct sip_bytes **out)
{
	int err = sip_bytes_changed(sim, s, out);

	msg_splice_free(s);
	return err;
}
