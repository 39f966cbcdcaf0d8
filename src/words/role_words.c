/* Roles in words. */
#include "words/role_words.h"

#include "base/i18n.h"

/* Alone, and among others. */
static const struct {
	const char *role, *text, *brief;
} words[] = {
	{ "ua", N_("user agent"), N_("user agent") },
	{ "proxy", N_("proxy"), N_("proxy") },
	{ "registrar", N_("registrar"), N_("registrar") },
	{ "location", N_("location service"), N_("location") },
	{ "redirect", N_("redirect server"), N_("redirect") },
	{ "presence", N_("presence agent"), N_("presence") },
	{ "b2bua", N_("back-to-back user agent"), N_("B2BUA") },
	{ "gateway", N_("gateway"), N_("gateway") },
	{ "controller", N_("controller"), N_("controller") },
	{ "handset", N_("handset"), N_("handset") },
	{ "voicemail", N_("voice mail"), N_("voice mail") },
};

static void
put_one(struct buf *b, struct str role, bool alone)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_is(role, words[i].role)) {
			buf_puts(b,
			    i18n_text(alone ? words[i].text : words[i].brief));
			return;
		}
	buf_str(b, role);
}

void
role_put_one(struct buf *b, struct str role)
{
	put_one(b, role, false);
}

void
role_put(struct buf *b, struct str roles, const char *separator)
{
	bool alone = str_chr(str_trim(roles), ' ') < 0, any = false;

	while (roles.n > 0) {
		struct str role = str_cut(roles, ' ', &roles);

		if (role.n == 0)
			continue;
		buf_puts(b, any ? separator : "");
		put_one(b, role, alone);
		any = true;
	}
}

bool
role_has(struct str roles, const char *role)
{
	while (roles.n > 0)
		if (str_is(str_cut(roles, ' ', &roles), role))
			return true;
	return false;
}
