/*
 * Datagrams through gate, libosip2 and transactions: none is answered twice,
 * and every answer can be read.  Two NUL bytes part the datagrams.
 */
#include "fuzz.h"

#include "fixtures/sip_world.h"
#include "sip/osip_read.h"

/* As a node with parser=osip does. */
static void
show_osip(struct str bytes)
{
	static struct msg m;
	struct buf lost = BUF_INIT;

	if (msg_judge(&m, bytes, NULL) == MSG_FAULT_NONE &&
	    !sip_osip_endangers(bytes))
		sip_osip_read(bytes, &lost);
	buf_free(&lost);
}

static void
give_datagram(struct sip_world *w, struct str bytes)
{
	static struct msg m;
	size_t sent = w->nsent_all;

	show_osip(bytes);
	w->server = NULL;
	sip_world_receive_bytes(w, "192.0.2.2:5060", bytes);
	fuzz_want(w->nsent_all <= sent + 1);
	if (w->server != NULL) {
		sip_world_respond(w, 180);
		sip_world_respond(w, 486);
	}
	for (size_t i = 0; i < w->nsent; i++)
		fuzz_want(
		    msg_read(&m, (struct str){ w->sent[i].text, w->sent[i].n },
			NULL) == MSG_FAULT_NONE &&
		    !m.request);
	sip_world_forget(w);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str rest = { (const char *)bytes, n };
	struct sip_world w;

	sip_world_open(&w);
	for (unsigned i = 0; i < 8 && rest.n > 0; i++) {
		const char *end = memmem(rest.p, rest.n, "\0\0", 2);
		size_t len = end != NULL ? (size_t)(end - rest.p) : rest.n;

		give_datagram(&w, (struct str){ rest.p, len });
		rest = str_slice(rest, len + 2, rest.n);
	}
	sip_world_run(&w, 40000);
	sip_world_close(&w);
	return 0;
}
