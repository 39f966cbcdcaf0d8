/* See msg/dtmf_relay.h. */
#include "msg/dtmf_relay.h"

#include "msg/parts.h"

/* The value of the line NAME=VALUE of BODY, or empty. */
static struct str
find_line(struct str body, const char *name)
{
	while (body.n > 0) {
		struct str value, line = str_cut(body, '\n', &body);
		struct str key = str_trim(str_cut(line, '=', &value));

		if (str_iis(key, name))
			return str_trim(value);
	}
	return STR_NULL;
}

bool
msg_is_digit(struct str signal)
{
	return signal.n == 1 &&
	       str_chr(STR("0123456789*#ABCDabcd"), signal.p[0]) >= 0;
}

struct str
msg_digit(const struct msg *m, struct str *duration)
{
	struct str rest, signal = find_line(m->body, "Signal");
	struct str type =
	    str_trim(str_cut(msg_value(m, MSG_H_CONTENT_TYPE), ';', &rest));

	if (duration != NULL)
		*duration = find_line(m->body, "Duration");
	return str_iis(type, MSG_DTMF_RELAY) && msg_is_digit(signal) ? signal
								     : STR_NULL;
}
