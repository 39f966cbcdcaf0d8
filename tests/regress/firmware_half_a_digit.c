/*
 * A call ended while a digit was being sent: the first digit of the next call
 * went on where that one had stopped, without a marker and with a time stamp of
 * the other call's (RFC 4733 2.2.1, 2.5.1.2).
 */
#include "fixtures/firmware_peer.h"

/* bob calls for the N-th time; the call is answered and has its sound. */
static void
talk(unsigned n)
{
	char branch[16], call_id[32];
	const char *ok;

	snprintf(branch, sizeof(branch), "ack%u", n);
	snprintf(call_id, sizeof(call_id), "in%u@192.0.2.3", n);
	peer_invite(n, NULL, PEER_SDP);
	world_press("{call}");
	ok = world_take("SIP/2.0 200");
	peer_send(&(struct peer_request){ "ACK", branch, call_id, "bobtag",
	    peer_param(peer_header(ok, "To"), "tag"), 1, NULL, NULL, NULL,
	    NULL });
	world_forget();
}

/* The first packet with an event since world_forget. */
static const uint8_t *
first_event(void)
{
	for (size_t i = 0; i < world.nsent; i++) {
		const uint8_t *p = (const uint8_t *)world.sent[i].bytes;

		if (world.sent[i].n == 16 && p[0] == 0x80 &&
		    (p[1] & 0x7F) == 101)
			return p;
	}
	return NULL;
}

static void
half_a_digit(void)
{
	const uint8_t *p;
	const char *bye;

	world_open(PEER_CONFIG "media=yes ");
	world_run(1500);
	talk(1);
	world_press("5"); /* 100 ms of eight packets by 20 ms */
	CU_ASSERT(first_event() != NULL);
	world_press("{end}");
	bye = peer_gets("BYE");
	peer_answer(bye, "200 OK", NULL, NULL, NULL);
	world_run(5000);
	talk(2);
	world_press("6");
	p = first_event();
	CU_ASSERT_FATAL(p != NULL);
	CU_ASSERT_EQUAL(p[1], 0x80 | 101);
	CU_ASSERT_EQUAL(p[12], 6);
	CU_ASSERT_EQUAL(p[14] << 8 | p[15], 160);
	world_close();
}

CHECK_MAIN("firmware: half a digit", { "half a digit", half_a_digit })
