/*
 * Requests that are wrong on purpose, made from a valid one: a row each for
 * RFC 4475's torture tests, for mandatory fields that are missing or appear
 * twice, of impossible values, of unknown or optional extensions and schemes.
 * Pure functions; the same request gives the same bytes.
 */
#ifndef MSG_MUTATION_H
#define MSG_MUTATION_H

#include "base/buf.h"
#include "base/i18n.h"

/* X(ID, word, how it is made, the field, text, the fault in words) */
#define MSG_MUTATIONS(X)                                                      \
	X(NONE, "nothing", KEEP, OTHER, NULL, N_("nothing is wrong"))         \
	X(NO_CALL_ID, "no-call-id", REMOVE, CALL_ID, NULL,                    \
	    N_("it has no Call-ID"))                                          \
	X(NO_CSEQ, "no-cseq", REMOVE, CSEQ, NULL, N_("it has no CSeq"))       \
	X(NO_FROM, "no-from", REMOVE, FROM, NULL, N_("it has no From"))       \
	X(NO_TO, "no-to", REMOVE, TO, NULL, N_("it has no To"))               \
	X(NO_CONTACT, "no-contact", REMOVE, CONTACT, NULL,                    \
	    N_("it has no Contact"))                                          \
	X(TWO_CSEQS, "two-cseqs", DOUBLE, CSEQ, NULL,                         \
	    N_("CSeq appears twice"))                                         \
	X(TWO_FROMS, "two-froms", DOUBLE, FROM, NULL,                         \
	    N_("From appears twice"))                                         \
	X(TWO_TOS, "two-tos", DOUBLE, TO, NULL, N_("To appears twice"))       \
	X(CSEQ_METHOD, "cseq-method", VALUE, CSEQ, "7 NOTHING",               \
	    N_("CSeq and the start line have different methods"))             \
	X(NO_HOPS, "no-hops", VALUE, MAX_FORWARDS, "0",                       \
	    N_("Max-Forwards is 0"))                                          \
	X(HOPS_WORD, "hops-word", VALUE, MAX_FORWARDS, "seventy",             \
	    N_("Max-Forwards is not a number"))                               \
	X(LENGTH_LONG, "length-long", VALUE, CONTENT_LENGTH, "9999",          \
	    N_("Content-Length is larger than the body"))                     \
	X(LENGTH_NEGATIVE, "length-negative", VALUE, CONTENT_LENGTH, "-999",  \
	    N_("Content-Length is negative"))                                 \
	X(EXTENSION, "extension", ADD, OTHER, "Require: nothing-known\r\n",   \
	    N_("Require names an unknown extension"))                         \
	X(PROXY_EXTENSION, "proxy-extension", ADD, OTHER,                     \
	    "Proxy-Require: nothing-known\r\n",                               \
	    N_("Proxy-Require names an unknown extension"))                   \
	X(BAD_UTF8, "bad-utf8", ADD, OTHER, "Subject: \xc3\x28 \xff\xfe\r\n", \
	    N_("Subject is not UTF-8"))                                       \
	X(CONTROLS, "controls", ADD, OTHER, "X-Note: \x1b[2J\x07\r\n",        \
	    N_("a header field contains control characters"))                 \
	X(BARE_CR, "bare-cr", ADD, OTHER, "X-Note: a\rb\r\n",                 \
	    N_("a CR has no LF after it"))                                    \
	X(NO_COLON, "no-colon", ADD, OTHER, "this is no field\r\n",           \
	    N_("a line is not a header field"))                               \
	X(HUGE, "huge", FILL, OTHER,                                          \
	    "X-Note: ", N_("a header field is thousands of bytes long"))      \
	X(SCHEME, "scheme", URI, OTHER, "nothingknown:bob",                   \
	    N_("the Request-URI has an unknown scheme"))                      \
	X(SIPS, "sips", SECURE, OTHER, NULL,                                  \
	    N_("the Request-URI is a SIPS URI"))                              \
	X(URI_SPACE, "uri-space", URI, OTHER, "sip:bob @example.com",         \
	    N_("there is a space in the Request-URI"))                        \
	X(METHOD, "method", METHOD, OTHER, "DANCE",                           \
	    N_("its method is unknown"))                                      \
	X(DIALOG, "dialog", SUFFIX, TO, ";tag=nobody",                        \
	    N_("it belongs to a dialog that does not exist"))                 \
	X(DOMAIN, "domain", URI, OTHER, "sip:bob@nowhere.example",            \
	    N_("the Request-URI is in another domain"))                       \
	X(STAR_BESIDE, "star-beside", VALUE, CONTACT,                         \
	    "*\r\nContact: <sip:bob@192.0.2.9>\r\nExpires: 0",                \
	    N_("Contact contains * and an address"))                          \
	X(STAR_TIME, "star-time", VALUE, CONTACT, "*\r\nExpires: 60",         \
	    N_("Contact is *, but Expires is not 0"))                         \
	X(ACK_NO_HOPS, "ack-no-hops", ACK, MAX_FORWARDS, "0",                 \
	    N_("it is an ACK whose Max-Forwards is 0"))                       \
	X(VERSION, "version", VERSION, OTHER, "SIP/7.0",                      \
	    N_("its version is SIP/7.0"))

enum msg_mutation {
#define X(id, word, how, field, text, what) MSG_MUTATION_##id,
	MSG_MUTATIONS(X)
#undef X
	    MSG_MUTATION_COUNT
};

/* *M whose word WORD is; false where there is none. */
bool msg_mutation_find(struct str word, enum msg_mutation *m);
/* The fault, in the user's language. */
const char *msg_mutation_text(enum msg_mutation m);

/*
 * Appends GOOD, a request, as M has it: another request than GOOD, with the
 * Call-ID MARK and a branch of its own.  0, ERR_SYNTAX where GOOD is no
 * request, or ERR_NOMEM.
 */
int msg_mutate(
    struct str good, enum msg_mutation m, const char *mark, struct buf *out);

#endif
