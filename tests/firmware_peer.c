/* What firmware_peer.h declares. */
#include "firmware_peer.h"

#include "check.h"

#include <stdlib.h>

const char *
peer_header_at(const char *message, const char *name, unsigned pos)
{
	static char values[8][1024];
	static unsigned next;
	char *value = values[next++ % 8];
	size_t n = strlen(name);

	value[0] = '\0';
	for (const char *line = message; line != NULL && *line != '\r';
	     line = strstr(line, "\r\n"), line += line != NULL ? 2 : 0) {
		if (strncasecmp(line, name, n) != 0 || line[n] != ':')
			continue;
		if (pos-- > 0)
			continue;
		line += n + 1;
		line += strspn(line, " ");
		snprintf(value, 1024, "%.*s", (int)strcspn(line, "\r\n"), line);
		return value;
	}
	return value;
}

const char *
peer_header(const char *message, const char *name)
{
	return peer_header_at(message, name, 0);
}

const char *
peer_param(const char *value, const char *name)
{
	static char out[4][256];
	static unsigned next;
	char *to = out[next++ % 4], what[64];
	const char *at = value;

	snprintf(what, sizeof(what), "%s=", name);
	to[0] = '\0';
	while ((at = strstr(at, what)) != NULL) {
		if (at == value || strchr(" ;,", at[-1]) != NULL) {
			at += strlen(what);
			if (*at == '"')
				snprintf(to, 256, "%.*s",
				    (int)strcspn(at + 1, "\""), at + 1);
			else
				snprintf(to, 256, "%.*s",
				    (int)strcspn(at, ";, >"), at);
			return to;
		}
		at++;
	}
	return to;
}

const char *
peer_body(const char *message)
{
	const char *end = strstr(message, "\r\n\r\n");

	return end != NULL ? end + 4 : "";
}

void
peer_answer(const char *request, const char *status, const char *tag,
    const char *more, const char *body)
{
	char text[8192], to[512];
	int n = 0;

	snprintf(to, sizeof(to), "%s%s%s", peer_header(request, "To"),
	    tag != NULL ? ";tag=" : "", tag != NULL ? tag : "");
	n = snprintf(text, sizeof(text), "SIP/2.0 %s\r\n", status);
	for (unsigned i = 0; *peer_header_at(request, "Via", i) != '\0'; i++)
		n += snprintf(text + n, sizeof(text) - (size_t)n, "Via: %s\r\n",
		    peer_header_at(request, "Via", i));
	snprintf(text + n, sizeof(text) - (size_t)n,
	    "From: %s\r\nTo: %s\r\nCall-ID: %s\r\nCSeq: %s\r\n%s%s"
	    "Content-Length: %zu\r\n\r\n%s",
	    peer_header(request, "From"), to, peer_header(request, "Call-ID"),
	    peer_header(request, "CSeq"), more != NULL ? more : "",
	    body != NULL ? "Content-Type: application/sdp\r\n" : "",
	    body != NULL ? strlen(body) : 0, body != NULL ? body : "");
	world_sip(text);
}

void
peer_send(const struct peer_request *r)
{
	char text[16384];

	snprintf(text, sizeof(text),
	    "%s %s SIP/2.0\r\n"
	    "Via: SIP/2.0/UDP 192.0.2.3:5060;branch=z9hG4bK%s\r\n"
	    "Max-Forwards: 70\r\n"
	    "From: \"Bob B.\" <sip:bob@biloxi.example.com>;tag=%s\r\n"
	    "To: <sip:alice@atlanta.example.com>%s%s\r\n"
	    "Call-ID: %s\r\nCSeq: %u %s\r\n%s%s%s%s"
	    "Content-Length: %zu\r\n\r\n%s",
	    r->method, r->uri != NULL ? r->uri : "sip:alice@192.0.2.4:5060",
	    r->branch, r->from_tag, r->to_tag != NULL ? ";tag=" : "",
	    r->to_tag != NULL ? r->to_tag : "", r->call_id, r->cseq, r->method,
	    r->more != NULL ? r->more : "",
	    r->body != NULL ? "Content-Type: " : "",
	    r->body != NULL ? r->type : "", r->body != NULL ? "\r\n" : "",
	    r->body != NULL ? strlen(r->body) : 0,
	    r->body != NULL ? r->body : "");
	world_sip(text);
}

void
peer_invite(unsigned n, const char *more, const char *sdp)
{
	static char id[8][32];
	char *call_id = id[n % 8], all[512];

	snprintf(call_id, 32, "in%u@192.0.2.3", n);
	snprintf(
	    all, sizeof(all), "%s%s", PEER_CONTACT, more != NULL ? more : "");
	peer_send(&(struct peer_request){ "INVITE", call_id, call_id, "bobtag",
	    NULL, 1, all, "application/sdp", sdp, NULL });
}
