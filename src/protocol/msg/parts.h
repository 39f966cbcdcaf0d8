/*
 * The parts of header values, read without copying: Via, name-addr, parameters,
 * CSeq, SIP URIs and their equality.  RFC 3261 sections 19.1, 20, 25.1.
 * Every function takes any bytes.
 */
#ifndef MSG_PARTS_H
#define MSG_PARTS_H

#include "base/addr.h"
#include "base/buf.h"
#include "base/str.h"

/*
 * Reads one parameter of ";name=value;flag".  *REST starts at a ';' (or is
 * empty); false at the end or at a fault.  A quoted VALUE keeps its quotes.
 */
bool msg_next_param(struct str *rest, struct str *name, struct str *value);
/* Finds NAME, whatever the case of its letters; true where it stands, VALUE
 * empty for a flag. */
bool msg_param(struct str params, const char *name, struct str *value);
/* "refer;id=3": the part before the parameters, and these, for msg_param. */
struct str msg_cut_params(struct str value, struct str *params);

/* "SIP/2.0/UDP host:port;branch=…" */
struct msg_via {
	struct str transport; /* "UDP" */
	struct str sent_by;   /* host[:port] as written */
	struct str host;      /* IPv6 without brackets */
	uint16_t port;        /* 0: none was given */
	struct str params;    /* from the first ';' */
	struct str branch, received;
	bool has_rport, has_maddr;
	struct str rport; /* its value, empty in requests */
	struct str maddr;
};
int msg_via_read(struct str value, struct msg_via *via); /* 0, ERR_SYNTAX */
/* 18.1.1, 18.2.2: the port of its sent-by, that of its transport where it says
 * none. */
uint16_t msg_via_port(const struct msg_via *via);

/* `"Bob" <sip:bob@b.example;lr>;tag=1` or `sip:bob@b.example;tag=1`, where the
 * parameters without <> belong to the header (20.10). */
struct msg_addr {
	struct str display; /* without quotes, escapes inside; may be empty */
	struct str uri;     /* without <> */
	struct str params;  /* the header's, from the first ';' */
	struct str tag;     /* of them; of a From or To */
	bool star;          /* Contact: * */
};
int msg_addr_read(struct str value, struct msg_addr *addr);
/* The URI of such a value; where that is damaged, the text in its place. */
struct str msg_addr_uri(struct str value);
/* The tag of a From or To value; empty where there is none. */
struct str msg_tag(struct str value);
/* VALUE, of From or To, without its tag, appended; nothing where it can't be
 * read. */
void msg_write_untagged(struct str value, struct buf *out);

/* "314159 INVITE" */
struct msg_cseq {
	uint32_t number; /* below 2^31 */
	struct str method;
};
int msg_cseq_read(struct str value, struct msg_cseq *cseq);

/* RFC 3262 7.2: what a PRACK confirms; 7.1: an RSeq, which is not 0. */
struct msg_rack {
	uint32_t rseq;
	struct msg_cseq cseq;
};
int msg_rack_read(struct str value, struct msg_rack *rack);
int msg_rseq_read(struct str value, uint32_t *rseq);

/* sip:user:password@host:port;params?headers */
struct msg_uri {
	struct str scheme;         /* "sip", "sips", "tel", … as written */
	struct str user, password; /* still escaped */
	struct str host;           /* IPv6 without brackets */
	uint16_t port;             /* 0: none was given */
	struct str params;         /* from the first ';' */
	struct str headers;        /* after '?' */
	bool sip;                  /* sip or sips: the fields above are read;
				      else only scheme, and host is the rest */
};
int msg_uri_read(struct str s, struct msg_uri *uri);
/* The transport that a SIP URI asks for by its parameter and its scheme, UDP
 * where by neither (RFC 3263 4.1); NULL: nothing is known of that one. */
const struct addr_transport_row *msg_uri_transport(const struct msg_uri *uri);
/* 19.1.2: its port, that of its transport and scheme where it says none. */
uint16_t msg_uri_port(const struct msg_uri *uri);

/* RFC 3261 19.1.4, on the bytes as received; false for what can't be read. */
bool msg_uri_equal(struct str a, struct str b);

/* The same of two user parts: an escape stands for its character. */
bool msg_user_equal(struct str a, struct str b);

/*
 * The canonical form under which an address-of-record is kept (10.3 step 5):
 * parameters and headers removed, %-escapes of unreserved characters undone,
 * scheme and host in small letters, no default port.  Appended to OUT.
 * 0, ERR_SYNTAX.
 */
int msg_uri_aor(struct str uri, struct buf *out);

/* RFC 3420, RFC 3515 2.4.5: the status line that a body of message/sipfrag
 * begins with: its status and words; 0 where it is none. */
unsigned msg_sipfrag_status(struct str body, struct str *reason);

/* q of a Contact into *Q, 0 to 1000, where there is none 1000; false, and 1000,
 * where it is malformed. */
bool msg_q_read(struct str params, unsigned *q);
/* q of a Contact, 0 to 1000; 1000 where there is none or it is malformed. */
unsigned msg_q(struct str params);

/* A host name without the dot that may stand behind a whole one (RFC 1034 3.1):
 * "example.com." is "example.com". */
struct str msg_host_name(struct str host);

/*
 * The value of Date (RFC 3261 20.17, rfc1123-date of 25.1), "Sat, 13 Nov 2010
 * 23:29:00 GMT", as seconds since 1970. 0 or ERR_SYNTAX: it has another form,
 * or there is no such day.
 */
int msg_date_read(struct str value, int64_t *seconds);
/* SECONDS are those of a year from 0 to 9999. */
void msg_date_write(int64_t seconds, struct buf *out);

/*
 * Reads host[:port], as it is in Via and in SIP URIs (RFC 3261 25.1), at AT of
 * S; returns the index after it, 0 where there is none. HOST is without the
 * brackets of an IPv6 reference, *PORT 0 where none is given. With SPACE there
 * may be white space around the colon (20.42).
 */
size_t host_read(
    struct str s, size_t at, bool space, struct str *host, uint16_t *port);

#endif
