/* Shared bytes. */
#include "sip/bytes.h"

#include "base/err.h"
#include "base/mem.h"

#include <string.h>

static size_t
size_of(const struct sip_bytes *b)
{
	return sizeof(*b) + b->n + 1;
}

struct sip_bytes *
sip_bytes_new(struct sim *sim, struct str s)
{
	struct sip_bytes *b = mem_alloc(sizeof(*b) + s.n + 1);

	if (b == NULL)
		return NULL;
	b->sim = sim;
	b->refs = 1;
	b->view = 0;
	b->n = s.n;
	if (sim != NULL)
		sim_take_memory(sim, size_of(b));
	if (s.n > 0)
		memcpy(b->p, s.p, s.n);
	b->p[s.n] = '\0';
	return b;
}

struct sip_bytes *
sip_bytes_ref(struct sip_bytes *b)
{
	if (b != NULL)
		b->refs++;
	return b;
}

void
sip_bytes_unref(struct sip_bytes *b)
{
	if (b == NULL || --b->refs > 0)
		return;
	if (b->sim != NULL)
		sim_give_back_memory(b->sim, size_of(b));
	mem_free(b);
}

int
sip_bytes_splice(struct sim *sim, struct msg_splice *s, struct sip_bytes **out)
{
	struct buf text = BUF_INIT;
	int err = msg_splice_write(s, &text);

	*out = NULL;
	if (err == 0) {
		*out = sip_bytes_new(sim, buf_view(&text));
		if (*out == NULL)
			err = ERR_NOMEM;
	}
	buf_free(&text);
	msg_splice_free(s);
	return err;
}
