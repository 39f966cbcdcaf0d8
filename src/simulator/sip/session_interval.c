/* Session-Expires and Min-SE; see sip/session_interval.h. */
#include "sip/session_interval.h"

#include "base/err.h"
#include "base/param.h"
#include "msg/parts.h"

static const char *const names[] = {
	[SIP_REFRESHER_UAC] = "uac",
	[SIP_REFRESHER_UAS] = "uas",
};

const char *
sip_refresher_name(enum sip_refresher r)
{
	return names[r];
}

enum sip_refresher
sip_refresher_find(struct str name)
{
	if (str_iis(name, names[SIP_REFRESHER_UAC]))
		return SIP_REFRESHER_UAC;
	return str_iis(name, names[SIP_REFRESHER_UAS]) ? SIP_REFRESHER_UAS
						       : SIP_REFRESHER_NONE;
}

int
sip_session_read(const struct msg *m, struct sip_session_interval *s)
{
	struct str params, refresher;

	*s = (struct sip_session_interval){ 0 };
	if (msg_field(m, MSG_H_SESSION_EXPIRES, 0) == NULL)
		return ERR_NOTFOUND;
	s->digits =
	    msg_cut_params(msg_value(m, MSG_H_SESSION_EXPIRES), &params);
	if (str_u32(s->digits, &s->seconds) != 0)
		return ERR_SYNTAX;
	if (msg_param(params, "refresher", &refresher))
		s->refresher = sip_refresher_find(refresher);
	return 0;
}

uint32_t
sip_session_min(const struct msg *m)
{
	struct str params;
	uint32_t seconds;

	return str_u32(msg_cut_params(msg_value(m, MSG_H_MIN_SE), &params),
		   &seconds) == 0
		   ? seconds
		   : 0;
}

bool
sip_session_supported(const struct msg *m)
{
	return msg_lists(m, MSG_H_SUPPORTED, "timer") ||
	       msg_lists(m, MSG_H_REQUIRE, "timer");
}
