/*
 * INFO received (RFC 6086): digits, as application/dtmf-relay or
 * application/dtmf have them, are shown.  No Info Package is known.
 */
#include "firmware/phone/phone_in.h"

static bool
is_digit(char c)
{
	return c != '\0' && strchr("0123456789*#ABCDabcd", c) != NULL;
}

/* The digit at S, which is there alone; 0: none. */
static char
lone_digit(const char *s)
{
	return is_digit(s[0]) && strchr(" \t\r\n", s[1]) != NULL ? s[0] : '\0';
}

/* The digit of "Signal=5" on a line of its own, or of a body that is the digit
 * alone; 0: none. */
static char
read_digit(const char *body)
{
	const char *line = body;

	while (line != NULL) {
		line += strspn(line, " \t\r\n");
		if (osip_strncasecmp(line, "Signal", 6) == 0) {
			line += 6;
			line += strspn(line, " \t=");
			return lone_digit(line);
		}
		line = strchr(line, '\n');
	}
	return lone_digit(body + strspn(body, " \t\r\n"));
}

void
call_hear_digit(struct call *call, char digit)
{
	size_t n = strlen(call->heard);

	if (n == CALL_HEARD)
		memmove(call->heard, call->heard + 1, n--);
	call->heard[n] = digit;
	call->heard[n + 1] = '\0';
	screens_changed(call->phone);
}

static int
take_body(struct call *call, const osip_message_t *m)
{
	const char *body = sip_body(m);
	char digit;

	if (body == NULL)
		return 200;
	if (!sip_is_type(m, "application", "dtmf-relay") &&
	    !sip_is_type(m, "application", "dtmf"))
		return 415;
	digit = read_digit(body);
	if (digit == '\0')
		return 400;
	call_hear_digit(call, digit);
	return 200;
}

void
call_info(struct call *call, struct tx *tx)
{
	osip_message_t *m = tx_message(tx), *response;
	int status;

	if (sip_header(m, "info-package") != NULL) {
		/* RFC 6086 5.2.1: which ones are known is said, here none. */
		response = sip_build_response(&call->phone->sip, m, 469, NULL);
		sip_add(response, "Recv-Info", NULL);
		tx_respond(tx, response);
		return;
	}
	status = take_body(call, m);
	tx_respond(tx, sip_build_response(&call->phone->sip, m, status, NULL));
}
