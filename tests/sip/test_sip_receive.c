/*
 * What arrives: the gate's verdicts and the answers to what is refused, where
 * answers go, what matches which transaction; hostile bytes; failing memory.
 */
#include "rules/rule_names.h"
#include "fixtures/sip_world.h"
#include "msg/header_names.h"

#include <dirent.h>

#define FIELDS                                                       \
	"From: <sip:b@192.0.2.2>;tag=b\r\nTo: <sip:a@192.0.2.1>\r\n" \
	"Call-ID: c\r\nCSeq: 1 OPTIONS\r\n"
/* … and what comes back of the request that sip_world_start sends. */
#define REQUEST(via) "OPTIONS sip:a SIP/2.0\r\nVia: " via "\r\n" FIELDS "\r\n"

static struct msg message;

/* What is answered to TEXT (0: nothing), and with which `bad` record. */
static void
refused(struct str text, unsigned status, const char *fault)
{
	struct sip_world w;
	char want[64];

	sip_world_open(&w);
	sip_world_receive_bytes(&w, "192.0.2.9:7000", text);
	CU_ASSERT(w.requests == 0 && w.acks == 0 && w.strays == 0);
	CU_ASSERT(w.nsent == (status != 0));
	snprintf(want, sizeof(want), "\"fault\":\"%s\"", fault);
	if (sip_world_traced(&w, want) != (fault[0] != '\0'))
		printf("%s for\n%.*s\n%s", fault, STR_ARG(text), w.trace.p);
	CU_ASSERT(sip_world_traced(&w, want) == (fault[0] != '\0'));
	if (w.nsent == 1) {
		CU_ASSERT(msg_read(&message, str_of(w.sent[0].text), NULL) ==
			  MSG_FAULT_NONE);
		CU_ASSERT(message.status == status);
		CU_ASSERT(msg_tag(msg_value(&message, MSG_H_TO)).n > 0);
		CU_ASSERT(
		    w.sent[0].why == (status == 513      ? RULE_MESSAGE_LARGE
					 : status == 505 ? RULE_BAD_VERSION
							 : RULE_BAD_REQUEST));
		CU_ASSERT(w.sent[0].dst.ip[3] == 9);
	}
	sip_world_close(&w);
}

#define REFUSED(text, status, fault) refused(STR(text), status, fault)

static void
verdicts(void)
{
	static char big[70000];
	size_t n;

	REFUSED("", 0, "");
	REFUSED("\r\n\r\n", 0, "");
	REFUSED("garbage\r\n\r\n", 0, "start-line");
	REFUSED("OPTIONS sip:a SIP/3.0\r\nVia: SIP/2.0/UDP x\r\n" FIELDS "\r\n",
	    505, "version");
	REFUSED("OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP x\r\n" FIELDS
		"nonsense\r\n\r\n",
	    400, "field");
	REFUSED("OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP x\r\n" FIELDS
		"X: a\rb\r\n\r\n",
	    400, "bare-cr");
	REFUSED("OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP x\r\n" FIELDS
		"X: a\0b\r\n\r\n",
	    400, "nul");
	REFUSED("OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP x\r\n" FIELDS
		"CSeq: 2 OPTIONS\r\n\r\n",
	    400, "twice");
	REFUSED("INVITE sip:a SIP/2.0\r\nVia: SIP/2.0/UDP x\r\n" FIELDS "\r\n",
	    400, "value");
	REFUSED("OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP x\r\n" FIELDS
		"l: 5\r\n\r\nabc",
	    400, "length");
	/* nobody could be told */
	REFUSED("OPTIONS sip:a SIP/2.0\r\n" FIELDS "\r\n", 0, "missing");
	REFUSED("ACK sip:a SIP/2.0\r\nVia: SIP/2.0/UDP x\r\n" FIELDS "\r\n", 0,
	    "value");
	REFUSED("SIP/2.0 200 OK\r\n" FIELDS "\r\n", 0, "missing");
	REFUSED("SIP/2.0 2000 OK\r\n\r\n", 0, "start-line");

	/* 16 KiB of head, 64 KiB in all, too many Vias */
	n = (size_t)snprintf(big, sizeof(big),
	    "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP x\r\n" FIELDS "X: ");
	memset(big + n, 'x', sizeof(big) - n);
	memcpy(big + 17000, "\r\n\r\n", 4);
	refused((struct str){ big, 17004 }, 513, "too-large");
	memcpy(big + n, "\r\n\r\n", 4);
	refused((struct str){ big, 65537 }, 513, "too-large");
	n = (size_t)snprintf(big, sizeof(big),
	    "OPTIONS sip:a SIP/2.0\r\n" FIELDS "Via: SIP/2.0/UDP x");
	for (unsigned i = 0; i < 256; i++)
		n += (size_t)snprintf(
		    big + n, sizeof(big) - n, ",SIP/2.0/UDP h%u", i);
	n += (size_t)snprintf(big + n, sizeof(big) - n, "\r\n\r\n");
	refused((struct str){ big, n }, 513, "too-large");
}

/* 18.2.1, 18.2.2, RFC 3581: VIA as it is afterwards, and where the answer
 * goes. */
static void
marked(const char *via, const char *src, const char *want, const char *dst)
{
	char text[512];
	struct sip_world w;
	struct addr a;

	sip_world_open(&w);
	snprintf(text, sizeof(text),
	    "OPTIONS sip:a SIP/2.0\r\nVia: %s\r\n" FIELDS "\r\n", via);
	sip_world_receive_bytes(&w, src, str_of(text));
	CU_ASSERT_FATAL(w.requests == 1);
	msg_read(
	    &message, sip_bytes_view(sip_transaction_request(w.server)), NULL);
	if (!str_is(msg_value(&message, MSG_H_VIA), want))
		printf("%.*s\n", STR_ARG(msg_value(&message, MSG_H_VIA)));
	CU_ASSERT(str_is(msg_value(&message, MSG_H_VIA), want));
	sip_world_respond(&w, 200);
	addr_parse(str_of(dst), &a);
	CU_ASSERT_FATAL(w.nsent == 1);
	CU_ASSERT(addr_eq(&w.sent[0].dst, &a));
	sip_world_close(&w);
}

#define UDP "SIP/2.0/UDP "

static void
sources(void)
{
	/* the host is the source: nothing is added */
	marked(UDP "192.0.2.2;branch=z", "192.0.2.2:9",
	    UDP "192.0.2.2;branch=z", "192.0.2.2:5060");
	marked(UDP "192.0.2.2:7;branch=z", "192.0.2.2:9",
	    UDP "192.0.2.2:7;branch=z", "192.0.2.2:7");
	/* a name, another address */
	marked(UDP "h:7;branch=z", "192.0.2.2:9",
	    UDP "h:7;branch=z;received=192.0.2.2", "192.0.2.2:7");
	marked(UDP "10.0.0.1", "192.0.2.2:9", UDP "10.0.0.1;received=192.0.2.2",
	    "192.0.2.2:5060");
	marked(UDP "h , " UDP "i;x", "192.0.2.2:9",
	    UDP "h;received=192.0.2.2 , " UDP "i;x", "192.0.2.2:5060");
	/* rport: both, always; a name that only looks like it is none */
	marked(UDP "192.0.2.2;rport;branch=zrport", "192.0.2.2:9",
	    UDP "192.0.2.2;rport=9;branch=zrport;received=192.0.2.2",
	    "192.0.2.2:9");
	marked(UDP "h;xrport=1;branch=rport;rport", "192.0.2.2:9",
	    UDP "h;xrport=1;branch=rport;rport=9;received=192.0.2.2",
	    "192.0.2.2:9");
	/* what the sender says of itself is not believed */
	marked(UDP "h;received=1.2.3.4;rport=1", "192.0.2.2:9",
	    UDP "h;received=192.0.2.2;rport=9", "192.0.2.2:9");
	/* maddr */
	marked(UDP "192.0.2.2:7;maddr=192.0.2.3;branch=z", "192.0.2.2:9",
	    UDP "192.0.2.2:7;maddr=192.0.2.3;branch=z", "192.0.2.3:7");
	/* IPv6 */
	marked(UDP "[2001:db8::2]:7", "[2001:db8::2]:9", UDP "[2001:db8::2]:7",
	    "[2001:db8::2]:7");
	marked(UDP "[2001:DB8:0::2]", "[2001:db8::2]:9", UDP "[2001:DB8:0::2]",
	    "[2001:db8::2]:5060");
	marked(UDP "[2001:db8::3];rport", "[2001:db8::2]:9",
	    UDP "[2001:db8::3];rport=9;received=2001:db8::2",
	    "[2001:db8::2]:9");
}

/* ---- hostile ---- */

static unsigned
folder(struct sip_world *w, const char *name)
{
	char dir[512], path[1024];
	struct dirent *entry;
	unsigned n = 0;
	DIR *d;

	snprintf(dir, sizeof(dir), "%s/%s", check_data(), name);
	d = opendir(dir);
	while (d != NULL && (entry = readdir(d)) != NULL) {
		struct buf b = BUF_INIT;
		size_t nsent = w->nsent_all;
		unsigned before = w->requests + w->acks;

		if (strstr(entry->d_name, ".sip") == NULL &&
		    strstr(entry->d_name, ".dat") == NULL)
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
		CU_ASSERT_FATAL(buf_read_file(&b, path, 70000) == 0);
		sip_world_receive_bytes(w, "192.0.2.2:5060", buf_view(&b));
		CU_ASSERT(w->nsent_all <= nsent + 1);
		if (w->requests + w->acks > before && w->server != NULL) {
			CU_ASSERT(sip_world_respond(w, 180) == 0);
			CU_ASSERT(sip_world_respond(w, 486) == 0);
		}
		for (size_t i = 0; i < w->nsent; i++)
			CU_ASSERT(
			    msg_read(&message,
				(struct str){ w->sent[i].text, w->sent[i].n },
				NULL) == MSG_FAULT_NONE);
		sip_world_forget(w);
		buf_free(&b);
		n++;
	}
	if (d != NULL)
		closedir(d);
	return n;
}

static void
hostile(void)
{
	struct sip_world w;
	unsigned n;

	sip_world_open(&w);
	n = folder(&w, "osip-crashers") + folder(&w, "torture/rfc4475") +
	    folder(&w, "torture/rfc5118") + folder(&w, "torture/rfc5118-clfix");
	if (n == 0)
		check_skip("no torture messages");
	sip_world_run(&w, 100000);
	CU_ASSERT(sim_held(w.sim) == 0);
	sip_world_close(&w);
}

/* ---- memory ---- */

static void
whole_story(struct sip_world *w)
{
	struct sip_bytes *a = NULL, *b = NULL;

	if (sip_world_try_open(w, "192.0.2.1:5060") != 0)
		return;
	sip_world_receive(w, REQUEST("SIP/2.0/UDP h;rport;branch=z9hG4bK9"));
	sip_world_receive(
	    w, "OPTIONS sip:a SIP/3.0\r\nVia: SIP/2.0/UDP h\r\n" FIELDS "\r\n");
	sip_world_request_in(w, "INVITE", "z9hG4bK1", "");
	if (w->server != NULL) {
		sip_world_respond(w, 180);
		sip_world_respond(w, 486);
	}
	sip_world_request_in(w, "ACK", "z9hG4bK1", "a");
	sip_world_start(w, "INVITE", &a);
	if (a != NULL)
		sip_world_answer(w, a, 486, "x");
	sip_world_start(w, "INVITE", &b);
	if (b != NULL)
		sip_world_answer(w, b, 200, "x");
	sip_world_run(w, 100000);
	sip_bytes_unref(a);
	sip_bytes_unref(b);
}

static void
no_memory(void)
{
	bool failed = true;

	for (unsigned long n = 1; failed; n++) {
		struct sip_world w;

		mem_fail_from(n);
		whole_story(&w);
		failed = mem_count() >= n;
		mem_fail_from(0);
		if (!failed)
			CU_ASSERT(w.nsent == 6);
		sip_world_close(&w);
		CU_ASSERT_FATAL(n < 2000);
	}
}

CHECK_MAIN("sip_receive", { "verdicts", verdicts }, { "sources", sources },
    { "hostile", hostile }, { "no_memory", no_memory })
