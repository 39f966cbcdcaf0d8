/* The command line, by a table of keys. */
#include "firmware/phone/config.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/text.h"
#include "msg/constants.h"

#include <string.h>

/* ---- values ---- */

static void
read_own(struct config *c, const char *v)
{
	text_read_ip(v, &c->own.ip, &c->own.port);
}

static void
read_gateway(struct config *c, const char *v)
{
	text_read_ip(v, &c->gateway, NULL);
}

static void
read_aor(struct config *c, const char *v)
{
	const char *user = strchr(v, ':'), *at = strchr(v, '@');
	size_t n;

	text_copy(c->aor, sizeof(c->aor), v);
	user = user != NULL ? user + 1 : v;
	if (at == NULL || at < user)
		return;
	n = (size_t)(at - user);
	if (n < sizeof(c->user)) {
		memcpy(c->user, user, n);
		c->user[n] = '\0';
	}
	text_copy(c->domain, sizeof(c->domain), at + 1);
	c->domain[strcspn(c->domain, ";?>")] = '\0';
}

static void
read_display(struct config *c, const char *v)
{
	text_copy(c->display, sizeof(c->display), v);
}

static void
read_password(struct config *c, const char *v)
{
	text_copy(c->password, sizeof(c->password), v);
}

static void
read_outbound(struct config *c, const char *v)
{
	text_read_ip(v, &c->outbound.ip, &c->outbound.port);
}

/* The next piece of *P up to one of ENDS, in OUT; false at the end. */
static bool
piece(const char **p, const char *ends, char *out, size_t cap)
{
	size_t n;

	*p += strspn(*p, ends);
	n = strcspn(*p, ends);
	if (n == 0)
		return false;
	if (n < cap)
		memcpy(out, *p, n);
	out[n < cap ? n : 0] = '\0';
	*p += n;
	return true;
}

static void
read_hosts(struct config *c, const char *v)
{
	char word[CONFIG_URI + 24];

	c->nhosts = 0;
	while (c->nhosts < CONFIG_HOSTS && piece(&v, " ", word, sizeof(word))) {
		struct config_host *h = &c->hosts[c->nhosts];
		char *eq = strchr(word, '=');

		if (eq == NULL)
			continue;
		*eq = '\0';
		h->at.port = 5060;
		text_copy(h->domain, sizeof(h->domain), word);
		if (text_read_ip(eq + 1, &h->at.ip, &h->at.port))
			c->nhosts++;
	}
}

static void
read_book(struct config *c, const char *v)
{
	char word[sizeof(struct config_entry)];

	c->nbook = 0;
	while (c->nbook < CONFIG_BOOK && piece(&v, ";", word, sizeof(word))) {
		struct config_entry *e = &c->book[c->nbook];
		char *eq = strchr(word, '=');

		if (eq == NULL)
			continue;
		*eq = '\0';
		text_copy(e->name, sizeof(e->name), word);
		text_copy(e->uri, sizeof(e->uri), eq + 1);
		c->nbook++;
	}
}

static void
read_register(struct config *c, const char *v)
{
	c->registers = text_same(v, "yes");
}

static void
read_expires(struct config *c, const char *v)
{
	unsigned long s;

	if (text_read_u(v, &s))
		c->expires_s = (uint32_t)s;
}

static void
read_answer(struct config *c, const char *v)
{
	unsigned long s;

	c->answer_s = text_read_u(v, &s) && s < 3600 ? (int)s : -1;
}

static void
read_codecs(struct config *c, const char *v)
{
	text_copy(c->codecs, sizeof(c->codecs), v);
}

static void
read_compact(struct config *c, const char *v)
{
	c->compact = text_same(v, "yes");
}

static void
read_media(struct config *c, const char *v)
{
	c->media = text_same(v, "yes");
}

static void
read_transport(struct config *c, const char *v)
{
	c->tcp = text_same(v, "tcp");
}

static void
read_language(struct config *c, const char *v)
{
	c->language = text_same(v, "zh") ? LANGUAGE_ZH : LANGUAGE_EN;
}

static void
read_seed(struct config *c, const char *v)
{
	c->seed = 0;
	for (; *v != '\0'; v++) {
		const char *digits = "0123456789abcdef0123456789ABCDEF";
		const char *d = strchr(digits, *v);

		if (d == NULL)
			break;
		c->seed = c->seed << 4 | (uint64_t)((d - digits) & 15);
	}
}

static const struct {
	const char *key;
	void (*read)(struct config *c, const char *value);
} keys[] = {
	{ "ip", read_own },
	{ "gw", read_gateway },
	{ "aor", read_aor },
	{ "display", read_display },
	{ "password", read_password },
	{ "outbound", read_outbound },
	{ "hosts", read_hosts },
	{ "register", read_register },
	{ "expires", read_expires },
	{ "answer", read_answer },
	{ "phonebook", read_book },
	{ "codecs", read_codecs },
	{ "compact", read_compact },
	{ "media", read_media },
	{ "transport", read_transport },
	{ "lang", read_language },
	{ "seed", read_seed },
};

/* ---- words ---- */

static void
take_option(struct config *c, const char *key, size_t n, const char *value)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strlen(keys[i].key) == n &&
		    memcmp(keys[i].key, key, n) == 0)
			keys[i].read(c, value);
}

void
config_read(struct config *c, const char *p)
{
	char *value = heap_get(strlen(p) + 1);

	memset(c, 0, sizeof(*c));
	c->own.port = 5060;
	c->outbound.port = 5060;
	c->expires_s = SIP_EXPIRES_S;
	c->answer_s = -1;
	text_copy(c->codecs, sizeof(c->codecs), "PCMU PCMA");
	while (*(p += strspn(p, " ")) != '\0') {
		const char *key = p;
		size_t nkey = strcspn(p, "= "), n;

		p += nkey;
		if (*p != '=')
			continue;
		p++;
		if (*p == '"') {
			n = strcspn(++p, "\"");
		} else {
			n = strcspn(p, " ");
		}
		memcpy(value, p, n);
		value[n] = '\0';
		take_option(c, key, nkey, value);
		p += n;
		if (*p == '"')
			p++;
	}
	heap_put(value);
}
