/*
 * What docs/OSIP.md says of libosip2, tried on the library itself.
 */
#include "fixtures/check.h"

#include <string.h>
#include <sys/time.h>
#include <time.h>

#include <osip2/osip.h>
#include <osipparser2/osip_parser.h>

static const char invite[] = "INVITE sip:bob@192.0.2.2 SIP/2.0\r\n"
			     "X-First: 1\r\n"
			     "v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
			     "f: <sip:alice@192.0.2.1>;tag=1\r\n"
			     "t: <sip:bob@192.0.2.2>\r\n"
			     "i: 1@192.0.2.1\r\n"
			     "CSeq: 1 INVITE\r\n"
			     "Max-Forwards: 70\r\n"
			     "l: 0\r\n\r\n";

#define RESPONSE(status)                                 \
	"SIP/2.0 " status "\r\n"                         \
	"Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n" \
	"From: <sip:alice@192.0.2.1>;tag=1\r\n"          \
	"To: <sip:bob@192.0.2.2>;tag=2\r\n"              \
	"Call-ID: 1@192.0.2.1\r\n"                       \
	"CSeq: 1 INVITE\r\n"                             \
	"Content-Length: 0\r\n\r\n"

static unsigned killed, acks, acks_with_hops;

static osip_message_t *
message(const char *text)
{
	osip_message_t *m = NULL;

	parser_init();
	CU_ASSERT_EQUAL_FATAL(osip_message_init(&m), 0);
	CU_ASSERT_EQUAL_FATAL(osip_message_parse(m, text, strlen(text)), 0);
	return m;
}

static int
on_send(
    osip_transaction_t *t, osip_message_t *m, char *host, int port, int socket)
{
	osip_header_t *hops = NULL;

	(void)t;
	(void)host;
	(void)port;
	(void)socket;
	if (!MSG_IS_ACK(m))
		return 0;
	acks++;
	acks_with_hops +=
	    osip_message_header_get_byname(m, "max-forwards", 0, &hops) >= 0;
	return 0;
}

static void
on_kill(int type, osip_transaction_t *t)
{
	(void)t;
	killed += type == OSIP_ICT_KILL_TRANSACTION;
}

static void
step(osip_transaction_t *t, type_t type, const char *text)
{
	osip_event_t *e = osip_malloc(sizeof(*e));

	CU_ASSERT_FATAL(e != NULL);
	e->type = type;
	e->transactionid = t->transactionid;
	e->sip = message(text);
	osip_transaction_execute(t, e);
}

/* An ICT that has sent its INVITE. */
static osip_transaction_t *
call(osip_t **osip, const char *response, type_t type)
{
	osip_transaction_t *t = NULL;
	osip_message_t *m;

	killed = acks = acks_with_hops = 0;
	CU_ASSERT_EQUAL_FATAL(osip_init(osip), 0);
	m = message(invite);
	osip_set_cb_send_message(*osip, on_send);
	osip_set_kill_transaction_callback(
	    *osip, OSIP_ICT_KILL_TRANSACTION, on_kill);
	CU_ASSERT_EQUAL_FATAL(osip_transaction_init(&t, ICT, *osip, m), 0);
	osip_message_free(m);
	CU_ASSERT_EQUAL(osip_list_size(&(*osip)->osip_ict_transactions), 1);
	CU_ASSERT_EQUAL(osip_list_size(&(*osip)->osip_nict_transactions), 0);
	step(t, SND_REQINVITE, invite);
	CU_ASSERT_EQUAL(t->state, ICT_CALLING);
	step(t, type, response);
	return t;
}

static void
end(osip_t *osip, osip_transaction_t *t)
{
	osip_remove_transaction(osip, t);
	CU_ASSERT_EQUAL(osip_list_size(&osip->osip_ict_transactions), 0);
	osip_transaction_free2(t);
	osip_release(osip);
}

static void
final_2xx(void)
{
	osip_t *osip;
	osip_transaction_t *t = call(&osip, RESPONSE("200 OK"), RCV_STATUS_2XX);

	CU_ASSERT_EQUAL(t->state, ICT_TERMINATED);
	CU_ASSERT_EQUAL(killed, 1);
	CU_ASSERT_EQUAL(acks, 0);
	end(osip, t);
}

static void
ack_of_a_refusal(void)
{
	osip_t *osip;
	osip_transaction_t *t =
	    call(&osip, RESPONSE("486 Busy Here"), RCV_STATUS_3456XX);

	CU_ASSERT_EQUAL(t->state, ICT_COMPLETED);
	CU_ASSERT_EQUAL(killed, 0);
	CU_ASSERT_EQUAL(acks, 1);
	CU_ASSERT_EQUAL(acks_with_hops, 0);
	end(osip, t);
}

static void
printed_again(void)
{
	osip_message_t *m = message(invite);
	char *text = NULL;
	size_t n = 0;

	CU_ASSERT_EQUAL_FATAL(osip_message_to_str(m, &text, &n), 0);
	CU_ASSERT(strstr(text, "\r\nVia: ") != NULL);
	CU_ASSERT(strstr(text, "\r\nv: ") == NULL);
	/* What was first is behind the Call-ID now. */
	CU_ASSERT(strstr(text, "Call-ID:") < strcasestr(text, "X-First:"));
	osip_free(text);
	osip_message_free(m);
}

/* No From, no To, no Call-ID, no CSeq. */
static void
fields_missing(void)
{
	osip_message_t *m = NULL;
	static const char text[] =
	    "OPTIONS sip:bob@192.0.2.2 SIP/2.0\r\n"
	    "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n\r\n";

	parser_init();
	CU_ASSERT_EQUAL_FATAL(osip_message_init(&m), 0);
	CU_ASSERT_EQUAL(osip_message_parse(m, text, strlen(text)), 0);
	CU_ASSERT(m->from == NULL && m->to == NULL && m->call_id == NULL);
	osip_message_free(m);
}

CHECK_MAIN("osip_facts", { "final 2xx", final_2xx },
    { "ACK of a refusal", ack_of_a_refusal },
    { "printed again", printed_again }, { "fields missing", fields_missing })
