/* What a request of the phone is called and addressed by: RFC 3261 8.1.1. */
#include "firmware/phone/sip.h"

#include "firmware/phone/heap.h"

char *
sip_own_address(const struct config *c, const char *tag)
{
	char buf[CONFIG_URI + CONFIG_NAME + 64];
	struct text t = TEXT_IN(buf);
	const char *name = c->display;

	if (name[0] != '\0') {
		text_c(&t, '"');
		for (; *name != '\0'; name++) {
			if (*name == '"' || *name == '\\')
				text_c(&t, '\\');
			text_c(&t, *name);
		}
		text_s(&t, "\" ");
	}
	text_c(&t, '<');
	text_s(&t, c->aor);
	text_s(&t, ">;tag=");
	text_s(&t, tag);
	return heap_copy(buf);
}

char *
sip_new_call_id(struct sip *sip)
{
	char buf[64];
	struct text t = TEXT_IN(buf);

	rng_word(sip->rng, &t);
	text_c(&t, '@');
	text_ip(&t, sip->config->own.ip);
	return heap_copy(buf);
}

char *
sip_in_brackets(const char *uri)
{
	size_t cap = strlen(uri) + 3;
	char *to = heap_get(cap);
	struct text t = text_in(to, cap);

	text_c(&t, '<');
	text_s(&t, uri);
	text_c(&t, '>');
	return to;
}
