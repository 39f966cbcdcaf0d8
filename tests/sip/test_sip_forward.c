/*
 * Forwarding changes what RFC 3261 16.6 and 16.7 ask, and not one byte more.
 */
#include "fixtures/sip_world.h"

#include "msg/header_names.h"

#include <dirent.h>

static struct msg message;

/* FORWARD of TEXT is WANT; without WANT it fails. */
static void
request(const char *text, const struct sip_forward *f, const char *want)
{
	struct sip_bytes *b = NULL;
	int err;

	CU_ASSERT_FATAL(
	    msg_read(&message, str_of(text), NULL) == MSG_FAULT_NONE);
	err = sip_forward_request(NULL, &message, f, &b);
	CU_ASSERT((err == 0) == (want != NULL));
	if (err == 0 && want != NULL) {
		if (!str_is(sip_bytes_view(b), want))
			printf("WANTED\n%s\nGOT\n%s\n", want, b->p);
		CU_ASSERT(str_is(sip_bytes_view(b), want));
	}
	sip_bytes_unref(b);
}

#define VIA "SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKp"

static void
requests(void)
{
	const struct sip_forward f = {
		.uri = STR("sip:bob@192.0.2.4"),
		.drop_routes = 1,
		.record_route = STR("<sip:192.0.2.9;lr>"),
		.via = STR(VIA),
	};
	const struct sip_forward bare = { .via = STR(VIA) };

	/* odd spacing, folds, compact forms, unknown fields, a binary body */
	request("INVITE sip:bob@b.example SIP/2.0\r\n"
		"v  :  SIP / 2.0 / UDP a.example ;branch=z9hG4bK1 ,\r\n"
		" SIP/2.0/UDP c.example;branch=z9hG4bK2\r\n"
		"X-Odd:\r\n\t  kept ,  as,it is  \r\n"
		"ROUTE:<sip:192.0.2.9;lr>  ,  <sip:r2;lr>\r\n"
		"Max-Forwards:  070 \r\n"
		"record-route: <sip:old;lr>\r\n"
		"f: \"A\\\"<,;\" <sip:a@a.example>;tag=1\r\n"
		"t: <sip:bob@b.example>\r\ni:x@y\r\nCSeq: 1   INVITE\r\n"
		"Route: <sip:r3;lr>\r\nl: 3\r\n\r\n\001\002\003",
	    &f,
	    "INVITE sip:bob@192.0.2.4 SIP/2.0\r\n"
	    "Via: " VIA "\r\n"
	    "v  :  SIP / 2.0 / UDP a.example ;branch=z9hG4bK1 ,\r\n"
	    " SIP/2.0/UDP c.example;branch=z9hG4bK2\r\n"
	    "X-Odd:\r\n\t  kept ,  as,it is  \r\n"
	    "ROUTE:<sip:r2;lr>\r\n"
	    "Max-Forwards:  69 \r\n"
	    "Record-Route: <sip:192.0.2.9;lr>\r\n"
	    "record-route: <sip:old;lr>\r\n"
	    "f: \"A\\\"<,;\" <sip:a@a.example>;tag=1\r\n"
	    "t: <sip:bob@b.example>\r\ni:x@y\r\nCSeq: 1   INVITE\r\n"
	    "Route: <sip:r3;lr>\r\nl: 3\r\n\r\n\001\002\003");
	/* nothing there: Max-Forwards and Record-Route are put in behind the
	 * Vias; what stands around the message stays behind */
	request("\r\n\r\nBYE sip:b SIP/2.0\r\nVia: SIP/2.0/UDP a\r\n"
		"Route: <sip:192.0.2.9;lr>\r\nContent-Length: 1\r\n\r\nabc",
	    &f,
	    "BYE sip:bob@192.0.2.4 SIP/2.0\r\nVia: " VIA "\r\n"
	    "Via: SIP/2.0/UDP a\r\nRecord-Route: <sip:192.0.2.9;lr>\r\n"
	    "Max-Forwards: 70\r\nContent-Length: 1\r\n\r\na");
	request("BYE sip:b SIP/2.0\r\nMax-Forwards: 1\r\n"
		"Via: SIP/2.0/UDP a\r\n\r\n",
	    &bare,
	    "BYE sip:b SIP/2.0\r\nMax-Forwards: 0\r\nVia: " VIA "\r\n"
	    "Via: SIP/2.0/UDP a\r\n\r\n");
	request("BYE sip:b SIP/2.0\r\nMax-Forwards: 0\r\n"
		"Via: SIP/2.0/UDP a\r\n\r\n",
	    &bare, NULL);
}

/* 16.6 step 6: the next hop is a strict router. */
static void
strict(void)
{
	const struct sip_forward f = { .via = STR(VIA), .drop_routes = 1 };
	const struct sip_forward g = { .via = STR(VIA) };

	request("BYE sip:b@x;p=1 SIP/2.0\r\nVia: SIP/2.0/UDP a\r\n"
		"Route: <sip:192.0.2.9;lr>,<sip:strict>\r\n"
		"Max-Forwards: 5\r\nRoute: <sip:r3;lr>\r\n\r\n",
	    &f,
	    "BYE sip:strict SIP/2.0\r\nVia: " VIA "\r\nVia: SIP/2.0/UDP a\r\n"
	    "Max-Forwards: 4\r\nRoute: <sip:r3;lr>\r\n"
	    "Route: <sip:b@x;p=1>\r\n\r\n");
	request("BYE sip:b@x SIP/2.0\r\nVia: SIP/2.0/UDP a\r\n"
		"Max-Forwards: 5\r\nRoute: <sip:strict>\r\n\r\n",
	    &g,
	    "BYE sip:strict SIP/2.0\r\nVia: " VIA "\r\nVia: SIP/2.0/UDP a\r\n"
	    "Max-Forwards: 4\r\nRoute: <sip:b@x>\r\n\r\n");
}

/* TEXT with its first occurrence of OLD taken out is B, or the like. */
static bool
differs_by_insert(struct str a, struct str b, size_t *at)
{
	size_t n = 0;

	while (n < a.n && n < b.n && a.p[n] == b.p[n])
		n++;
	*at = n;
	return n < b.n;
}

/* All messages of the RFC call flows: forwarded and taken back, they are what
 * they were but for Max-Forwards. */
static void
one_file(struct str text)
{
	const struct sip_forward f = { .via = STR(VIA) };
	static struct msg back;
	struct sip_bytes *b = NULL, *c = NULL;
	const struct msg_field *hops;
	size_t at;

	if (msg_read(&message, text, NULL) != MSG_FAULT_NONE)
		return;
	if (!message.request) {
		struct str via = msg_value(&message, MSG_H_VIA);

		CU_ASSERT(sip_forward_response(NULL, &message, NULL, &b) == 0);
		CU_ASSERT(b->n < text.n && via.n > 0);
		sip_bytes_unref(b);
		return;
	}
	CU_ASSERT_FATAL(sip_forward_request(NULL, &message, &f, &b) == 0);
	CU_ASSERT(differs_by_insert(message.bytes, sip_bytes_view(b), &at));
	CU_ASSERT_FATAL(
	    msg_read(&back, sip_bytes_view(b), NULL) == MSG_FAULT_NONE);
	CU_ASSERT(sip_forward_response(NULL, &back, NULL, &c) == 0);
	/* every field but Max-Forwards is the same, in the same order */
	CU_ASSERT_FATAL(
	    msg_read(&back, sip_bytes_view(c), NULL) == MSG_FAULT_NONE);
	hops = msg_field(&back, MSG_H_MAX_FORWARDS, 0);
	CU_ASSERT_FATAL(hops != NULL);
	for (size_t i = 0, k = 0; i < back.nfields; i++) {
		if (&back.fields[i] == hops) {
			if (msg_field(&message, MSG_H_MAX_FORWARDS, 0) != NULL)
				k++;
			continue;
		}
		CU_ASSERT_FATAL(k < message.nfields);
		CU_ASSERT(str_eq(back.fields[i].line, message.fields[k].line));
		k++;
	}
	CU_ASSERT(str_eq(back.body, message.body));
	sip_bytes_unref(b);
	sip_bytes_unref(c);
}

static void
flows(void)
{
	char dir[512], path[1024];
	struct dirent *entry;
	unsigned n = 0;
	DIR *d;

	snprintf(dir, sizeof(dir), "%s/messages", check_data());
	d = opendir(dir);
	if (d == NULL) {
		check_skip("no messages");
		return;
	}
	while ((entry = readdir(d)) != NULL) {
		struct buf b = BUF_INIT;

		if (strstr(entry->d_name, ".msg") == NULL)
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
		CU_ASSERT_FATAL(buf_read_file(&b, path, 70000) == 0);
		one_file(buf_view(&b));
		buf_free(&b);
		n++;
	}
	closedir(d);
	CU_ASSERT(n > 400);
}

static void
no_memory(void)
{
	const struct sip_forward f = { .via = STR(VIA),
		.record_route = STR("<sip:a;lr>"),
		.drop_routes = 1 };
	struct sip_bytes *b = NULL;
	int err = 1;

	msg_read(&message,
	    STR("BYE sip:b SIP/2.0\r\nVia: SIP/2.0/UDP a\r\n"
		"Route: <sip:x;lr>,<sip:y>\r\n\r\n"),
	    NULL);
	for (unsigned long n = 1; err != 0; n++) {
		mem_fail_from(n);
		err = sip_forward_request(NULL, &message, &f, &b);
		mem_fail_from(0);
		CU_ASSERT_FATAL(err == 0 || (err == ERR_NOMEM && b == NULL));
		CU_ASSERT_FATAL(n < 100);
	}
	sip_bytes_unref(b);
}

CHECK_MAIN("sip_forward", { "requests", requests }, { "strict", strict },
    { "flows", flows }, { "no_memory", no_memory })
