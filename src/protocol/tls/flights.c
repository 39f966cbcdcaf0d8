/* What is said in a handshake, in which order; RFC 5246 7.3, RFC 8446 2. */
#include "tls/handshake.h"

const struct tls_message_row tls_messages[TLS_MESSAGE_COUNT] = {
#define X(id, number, name) { number, name },
	TLS_MESSAGES(X)
#undef X
};

#define C(id, when)                               \
	{                                         \
		TLS_##id, true, TLS_##when, false \
	}
#define C_LAST(id, when)                         \
	{                                        \
		TLS_##id, true, TLS_##when, true \
	}
#define S(id, when)                                \
	{                                          \
		TLS_##id, false, TLS_##when, false \
	}
#define S_LAST(id, when)                          \
	{                                         \
		TLS_##id, false, TLS_##when, true \
	}
#define END                                  \
	{                                    \
		.message = TLS_MESSAGE_COUNT \
	}

/* clang-format off */
const struct tls_step tls_flights[TLS_VERSION_COUNT][2][TLS_STEPS] = {
	[TLS_12][false] = {
		C_LAST(CLIENT_HELLO, ALWAYS),
		S(SERVER_HELLO, ALWAYS), S(CERTIFICATE, ALWAYS), S(SERVER_KEY, ALWAYS),
		S(REQUEST, ASKED), S_LAST(HELLO_DONE, ALWAYS),
		C(CERTIFICATE, ASKED), C(CLIENT_KEY, ALWAYS), C(VERIFY, SHOWN),
		C(CIPHER, ALWAYS), C_LAST(FINISHED, ALWAYS),
		S(TICKET, ALWAYS), S(CIPHER, ALWAYS), S_LAST(FINISHED, ALWAYS),
		END },
	[TLS_12][true] = {
		C_LAST(CLIENT_HELLO, ALWAYS),
		S(SERVER_HELLO, ALWAYS), S(CIPHER, ALWAYS), S_LAST(FINISHED, ALWAYS),
		C(CIPHER, ALWAYS), C_LAST(FINISHED, ALWAYS),
		END },
	[TLS_13][false] = {
		C_LAST(CLIENT_HELLO, ALWAYS),
		S(SERVER_HELLO, ALWAYS), S(CIPHER, ALWAYS), S(EXTENSIONS, ALWAYS),
		S(REQUEST, ASKED), S(CERTIFICATE, ALWAYS), S(VERIFY, ALWAYS),
		S_LAST(FINISHED, ALWAYS),
		C(CIPHER, ALWAYS), C(CERTIFICATE, ASKED), C(VERIFY, SHOWN),
		C_LAST(FINISHED, ALWAYS),
		S(TICKET, ALWAYS), S_LAST(TICKET, ALWAYS),
		END },
	[TLS_13][true] = {
		C_LAST(CLIENT_HELLO, ALWAYS),
		S(SERVER_HELLO, ALWAYS), S(CIPHER, ALWAYS), S(EXTENSIONS, ALWAYS),
		S_LAST(FINISHED, ALWAYS),
		C(CIPHER, ALWAYS), C_LAST(FINISHED, ALWAYS),
		S_LAST(TICKET, ALWAYS),
		END },
};
/* clang-format on */

const struct tls_suite tls_suites[2] = {
	{ 0x001d, { 0xc02c, 0x1302 }, 32, 48, { 183, 220 }, 6 },
	{ 0x0017, { 0xc02b, 0x1301 }, 65, 32, { 129, 231 }, 32 },
};

const struct tls_step *
tls_step_next(struct tls_end *e)
{
	while (e->step->message != TLS_MESSAGE_COUNT &&
	       ((e->step->when == TLS_ASKED && !e->asked) ||
		   (e->step->when == TLS_SHOWN && !e->shown)))
		e->step++;
	return e->step;
}
