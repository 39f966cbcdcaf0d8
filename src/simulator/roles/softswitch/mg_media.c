/*
 * A stream of RTP at a media gateway.  A Local that leaves things open gets an
 * offer, or, with a Remote beside it, the answer to that; a Remote that comes
 * later is the answer (RFC 3525 7.1.8, RFC 3264).
 */
#include "roles/softswitch/mg_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "node/world.h"

#include <stdio.h>

struct mg_stream *
mg_stream_create(struct mg *mg, uint32_t context)
{
	struct mg_stream *s = mem_zalloc(1, sizeof(*s));

	if (s == NULL) {
		node_fail_memory(mg->node);
		return NULL;
	}
	s->mg = mg;
	s->machine.table = &machine_termination;
	s->mode = MEGACO_VALUE_COUNT;
	s->context = context;
	s->since = sim_now(node_sim(mg->node));
	s->sdp.ports = &mg->node->rtp;
	snprintf(
	    s->name, sizeof(s->name), "RTP/%lu", (unsigned long)++mg->nstreams);
	list_append(&mg->streams, &s->link);
	return s;
}

void
mg_stream_free(struct mg_stream *s)
{
	list_remove(&s->link);
	if (s->rtp != NULL)
		rtp_session_end(s->rtp);
	rtp_session_destroy(s->rtp);
	sip_sdp_free(&s->sdp);
	mem_free(s);
}

/* What is agreed flows once both may talk. */
static void
follow(struct mg_stream *s)
{
	struct node *n = s->mg->node;

	if (!rtp_is_wanted(n) ||
	    (!s->sdp.offers && s->mode != MEGACO_VALUE_SEND_RECEIVE))
		return;
	if (s->rtp == NULL && rtp_session_create(&s->rtp, n, s->name) != 0) {
		node_fail_memory(n);
		return;
	}
	rtp_session_follow(s->rtp, &s->sdp);
}

/* The description that this side gives; REMOTE is an offer, or empty. */
static unsigned
describe_stream(struct mg_stream *s, struct str remote, struct buf *local)
{
	struct node *n = s->mg->node;
	const struct node_face *face = node_face_toward(n, &s->mg->controller);
	struct sip_sdp_can can;
	struct sip_sdp_terms t = {
		.user = n->name,
		.addr = face->addr,
		.id = (uint64_t)(sim_now(node_sim(n)) / SIM_S) + 1,
		.anew = true,
		.sends = true,
		.receives = true,
		.can = &can,
	};
	int err;

	sip_sdp_can_read(&can, node_attr(n, "codecs", NULL), NULL);
	can.v6 = face->addr.len != 4;
	err = remote.n == 0 ? sip_sdp_write_offer(&s->sdp, &t, local)
			    : sip_sdp_write_answer(&s->sdp, &t, remote, local);
	if (err == ERR_NOMEM)
		node_fail_memory(n);
	return err == ERR_LIMIT || sip_sdp_is_refused(&s->sdp) ? 510
	       : err != 0                                      ? 500
							       : 0;
}

unsigned
mg_stream_apply(
    struct mg_stream *s, const struct megaco_item *it, struct buf *local)
{
	struct megaco_item media, in, x, mode;
	struct str remote = STR_NULL;
	unsigned err = 0;

	if (!megaco_find(it, MEGACO_MEDIA, &media))
		return 0;
	if (!megaco_find(&media, MEGACO_STREAM, &in))
		in = media;
	if (megaco_find(&in, MEGACO_REMOTE, &x)) {
		/* Blanks may stand before SDP (annex B.2). */
		remote = str_trim(x.inner);
		remote.n = (size_t)(x.inner.p + x.inner.n - remote.p);
	}
	if (remote.n > 0 && s->sdp.offers)
		err = sip_sdp_agree(&s->sdp, remote) ? 0 : 500;
	else if (remote.n > 0 ||
		 (megaco_find(&in, MEGACO_LOCAL, &x) && !s->sdp.offers))
		err = describe_stream(s, remote, local);
	if (megaco_find(&in, MEGACO_LOCAL_CONTROL, &x) &&
	    megaco_find(&x, MEGACO_MODE, &mode))
		s->mode = megaco_word(&mode);
	if (err == 0)
		follow(s);
	return err;
}
