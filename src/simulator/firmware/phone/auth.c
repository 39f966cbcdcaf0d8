/* Digest access authentication. */
#include "firmware/phone/auth.h"

#include "firmware/phone/md5.h"

#define TRIES 3

/* A quoted string without its quotes; false where there is none or it is too
 * long.  Escapes within stay: the string is hashed as it stands. */
static bool
unquote(char out[AUTH_WORD], const char *quoted)
{
	size_t n;

	if (quoted == NULL)
		return false;
	n = strlen(quoted);
	if (n >= 2 && quoted[0] == '"' && quoted[n - 1] == '"') {
		quoted++;
		n -= 2;
	}
	if (n >= AUTH_WORD)
		return false;
	memcpy(out, quoted, n);
	out[n] = '\0';
	return true;
}

/* LIST, "auth,auth-int" perhaps in quotes, has the word "auth". */
static bool
offers_auth(const char *list)
{
	while (list != NULL && *list != '\0') {
		size_t n;

		list += strspn(list, "\", \t");
		n = strcspn(list, "\", \t");
		if (n == 4 && osip_strncasecmp(list, "auth", 4) == 0)
			return true;
		list += n;
	}
	return false;
}

/* What a challenge must have for us, read into CH. */
static bool
read_challenge(struct challenge *ch, const osip_www_authenticate_t *w)
{
	char algorithm[AUTH_WORD] = "MD5";

	memset(ch, 0, sizeof(*ch));
	if (w == NULL || !text_same(w->auth_type, "Digest"))
		return false;
	if (w->algorithm != NULL && !unquote(algorithm, w->algorithm))
		return false;
	ch->session = text_same(algorithm, "MD5-sess");
	if (!ch->session && !text_same(algorithm, "MD5"))
		return false;
	ch->qop = offers_auth(w->qop_options);
	/* auth-int alone is beyond us; so is a session without qop. */
	if (!ch->qop && (w->qop_options != NULL || ch->session))
		return false;
	if (w->opaque != NULL && !unquote(ch->opaque, w->opaque))
		return false;
	ch->known =
	    unquote(ch->realm, w->realm) && unquote(ch->nonce, w->nonce);
	return ch->known;
}

static bool
is_stale(const osip_www_authenticate_t *w)
{
	char word[AUTH_WORD];

	return unquote(word, w->stale) && text_same(word, "true");
}

bool
auth_learn(
    struct auth *a, const struct config *c, const osip_message_t *response)
{
	bool proxy = response->status_code == 407;
	const osip_list_t *list = proxy ? &response->proxy_authenticates
					: &response->www_authenticates;
	struct challenge *old = proxy ? &a->proxy : &a->server, now;

	if (c->password[0] == '\0' || ++a->refused > TRIES)
		return false;
	for (int i = 0; i < osip_list_size(list); i++) {
		const osip_www_authenticate_t *w = osip_list_get(list, i);

		if (!read_challenge(&now, w))
			continue;
		/* 22.2: the same again means that the password is wrong. */
		if (old->known && !is_stale(w) &&
		    strcmp(old->nonce, now.nonce) == 0 &&
		    strcmp(old->realm, now.realm) == 0)
			return false;
		*old = now;
		return true;
	}
	return false;
}

void
auth_well(struct auth *a)
{
	a->refused = 0;
}

/* ---- credentials ---- */

struct answer {
	char nc[9], cnonce[17], response[MD5_HEX];
};

/* RFC 2617 3.2.2.1 to 3.2.2.3. */
static void
compute(const struct challenge *ch, const struct config *c, const char *method,
    const char *uri, struct answer *a)
{
	char ha1[MD5_HEX], ha2[MD5_HEX];

	md5_joined(
	    ha1, 3, (const char *const[]){ c->user, ch->realm, c->password });
	if (ch->session)
		md5_joined(
		    ha1, 3, (const char *const[]){ ha1, ch->nonce, a->cnonce });
	md5_joined(ha2, 2, (const char *const[]){ method, uri });
	if (ch->qop)
		md5_joined(a->response, 6,
		    (const char *const[]){
			ha1, ch->nonce, a->nc, a->cnonce, "auth", ha2 });
	else
		md5_joined(a->response, 3,
		    (const char *const[]){ ha1, ch->nonce, ha2 });
}

static void
quoted(struct text *t, const char *name, const char *value)
{
	text_s(t, name);
	text_s(t, "=\"");
	text_s(t, value);
	text_c(t, '"');
}

static void
write_answer(struct text *t, const struct challenge *ch, const struct config *c,
    const char *uri, const struct answer *a)
{
	quoted(t, "Digest username", c->user);
	quoted(t, ", realm", ch->realm);
	quoted(t, ", nonce", ch->nonce);
	quoted(t, ", uri", uri);
	quoted(t, ", response", a->response);
	text_s(t, ch->session ? ", algorithm=MD5-sess" : ", algorithm=MD5");
	if (ch->qop) {
		quoted(t, ", cnonce", a->cnonce);
		text_s(t, ", qop=auth, nc=");
		text_s(t, a->nc);
	}
	if (ch->opaque[0] != '\0')
		quoted(t, ", opaque", ch->opaque);
}

static bool
answer_challenge(struct challenge *ch, struct sip *sip,
    const osip_message_t *request, struct text *out)
{
	struct answer a;
	struct text nc = TEXT_IN(a.nc), cnonce = TEXT_IN(a.cnonce);
	char *uri = NULL;

	if (!ch->known || osip_uri_to_str(request->req_uri, &uri) != 0)
		return false;
	text_x(&nc, ++ch->count);
	rng_word(sip->rng, &cnonce);
	compute(ch, sip->config, request->sip_method, uri, &a);
	write_answer(out, ch, sip->config, uri, &a);
	osip_free(uri);
	return !out->cut;
}

void
auth_add(struct auth *a, struct sip *sip, osip_message_t *request)
{
	char buf[1024];
	struct text t = TEXT_IN(buf);

	if (answer_challenge(&a->server, sip, request, &t))
		osip_message_set_authorization(request, buf);
	t = TEXT_IN(buf);
	if (answer_challenge(&a->proxy, sip, request, &t))
		osip_message_set_proxy_authorization(request, buf);
}
