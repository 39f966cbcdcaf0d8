/* Certificates by GnuTLS; see cert/cert.h. */
#include "cert/cert.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/library.h"

#include <arpa/inet.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>

#define DAY_S    86400
#define PEM_MAX  ((size_t)1 << 20)
#define FINGER_N 32

#define GNUTLS_FUNCTIONS(X)                      \
	X(gnutls_x509_privkey_init)              \
	X(gnutls_x509_privkey_generate)          \
	X(gnutls_x509_privkey_export)            \
	X(gnutls_x509_privkey_deinit)            \
	X(gnutls_x509_privkey_import)            \
	X(gnutls_x509_crt_init)                  \
	X(gnutls_x509_crt_import)                \
	X(gnutls_x509_crt_set_basic_constraints) \
	X(gnutls_x509_crt_set_key_usage)         \
	X(gnutls_rnd)                            \
	X(gnutls_x509_crt_set_version)           \
	X(gnutls_x509_crt_set_serial)            \
	X(gnutls_x509_crt_set_dn_by_oid)         \
	X(gnutls_x509_crt_set_subject_alt_name)  \
	X(gnutls_x509_crt_set_activation_time)   \
	X(gnutls_x509_crt_set_expiration_time)   \
	X(gnutls_x509_crt_set_key)               \
	X(gnutls_x509_crt_sign2)                 \
	X(gnutls_x509_crt_export)                \
	X(gnutls_x509_crt_get_fingerprint)       \
	X(gnutls_x509_crt_deinit)

static struct {
	GNUTLS_FUNCTIONS(LIBRARY_POINTER)
} tls;

/* HOST as what it is: an address, a URI, or a name; without a port. */
static int
name_host(gnutls_x509_crt_t crt, const char *host)
{
	unsigned char bytes[16];
	size_t n = inet_pton(AF_INET, host, bytes) == 1    ? 4
		   : inet_pton(AF_INET6, host, bytes) == 1 ? 16
							   : 0;
	gnutls_x509_subject_alt_name_t kind = n > 0 ? GNUTLS_SAN_IPADDRESS
					      : strchr(host, ':') != NULL
						  ? GNUTLS_SAN_URI
						  : GNUTLS_SAN_DNSNAME;

	return tls.gnutls_x509_crt_set_subject_alt_name(crt, kind,
	    n > 0 ? (const void *)bytes : host,
	    (unsigned)(n > 0 ? n : strlen(host)), GNUTLS_FSAN_APPEND);
}

/* Subject and validity; 0, or GnuTLS's error. */
static int
cert_fill(gnutls_x509_crt_t crt, const struct cert_spec *s)
{
	unsigned char serial[8];
	int err = tls.gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof(serial));

	serial[0] &= 0x7f; /* RFC 5280 4.1.2.2: no negative number, nor 0 */
	serial[0] |= 0x40;
	if (err == 0)
		err = tls.gnutls_x509_crt_set_version(crt, 3);
	if (err == 0)
		err =
		    tls.gnutls_x509_crt_set_serial(crt, serial, sizeof(serial));
	if (err == 0)
		err = tls.gnutls_x509_crt_set_dn_by_oid(crt,
		    GNUTLS_OID_X520_COMMON_NAME, 0, s->name,
		    (unsigned)strlen(s->name));
	for (size_t i = 0; err == 0 && i < s->nhosts; i++)
		if (s->hosts[i] != NULL && s->hosts[i][0] != '\0')
			err = name_host(crt, s->hosts[i]);
	if (err == 0)
		err = tls.gnutls_x509_crt_set_activation_time(
		    crt, (time_t)s->now_s - 3600);
	if (err == 0)
		err = tls.gnutls_x509_crt_set_expiration_time(
		    crt, (time_t)s->now_s + (time_t)s->days * DAY_S);
	if (err == 0 && s->authority)
		err = tls.gnutls_x509_crt_set_basic_constraints(crt, 1, -1);
	if (err == 0 && s->authority)
		err = tls.gnutls_x509_crt_set_key_usage(
		    crt, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN);
	return err;
}

/* By ISSUER, or by itself, whose key is KEY. */
static int
cert_sign(
    gnutls_x509_crt_t crt, gnutls_x509_privkey_t key, const struct cert *issuer)
{
	gnutls_x509_crt_t by = NULL;
	gnutls_x509_privkey_t with = NULL;
	gnutls_datum_t pem;
	int err;

	if (issuer == NULL)
		return tls.gnutls_x509_crt_sign2(
		    crt, crt, key, GNUTLS_DIG_SHA256, 0);
	err = tls.gnutls_x509_crt_init(&by);
	if (err == 0)
		err = tls.gnutls_x509_privkey_init(&with);
	pem = (gnutls_datum_t){ (unsigned char *)issuer->cert.p,
		(unsigned)issuer->cert.n };
	if (err == 0)
		err = tls.gnutls_x509_crt_import(by, &pem, GNUTLS_X509_FMT_PEM);
	pem = (gnutls_datum_t){ (unsigned char *)issuer->key.p,
		(unsigned)issuer->key.n };
	if (err == 0)
		err = tls.gnutls_x509_privkey_import(
		    with, &pem, GNUTLS_X509_FMT_PEM);
	if (err == 0)
		err = tls.gnutls_x509_crt_sign2(
		    crt, by, with, GNUTLS_DIG_SHA256, 0);
	if (by != NULL)
		tls.gnutls_x509_crt_deinit(by);
	if (with != NULL)
		tls.gnutls_x509_privkey_deinit(with);
	return err;
}

static void
tell_fingerprint(gnutls_x509_crt_t crt, char to[100])
{
	unsigned char sum[FINGER_N];
	size_t n = sizeof(sum);

	to[0] = '\0';
	if (tls.gnutls_x509_crt_get_fingerprint(
		crt, GNUTLS_DIG_SHA256, sum, &n) != 0)
		return;
	for (size_t i = 0; i < n; i++)
		snprintf(to + 3 * i, 4, "%02X%s", sum[i], i + 1 < n ? ":" : "");
}

static int
export_both(struct cert *c, gnutls_x509_crt_t crt, gnutls_x509_privkey_t key)
{
	char text[8192];
	size_t n = sizeof(text);
	int err =
	    tls.gnutls_x509_crt_export(crt, GNUTLS_X509_FMT_PEM, text, &n);

	if (err == 0)
		buf_add(&c->cert, text, n);
	n = sizeof(text);
	if (err == 0)
		err = tls.gnutls_x509_privkey_export(
		    key, GNUTLS_X509_FMT_PEM, text, &n);
	if (err == 0)
		buf_add(&c->key, text, n);
	return err;
}

int
cert_make(struct cert *c, const struct cert_spec *spec, struct diag *d)
{
	gnutls_x509_crt_t crt = NULL;
	gnutls_x509_privkey_t key = NULL;
	int err = LIBRARY_LOAD(RUNG_LIBGNUTLS, GNUTLS_FUNCTIONS, tls, d);

	if (err != 0)
		return err;
	err = tls.gnutls_x509_privkey_init(&key);
	if (err == 0)
		err = tls.gnutls_x509_crt_init(&crt);
	if (err == 0)
		err = tls.gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA,
		    GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
	if (err == 0)
		err = tls.gnutls_x509_crt_set_key(crt, key);
	if (err == 0)
		err = cert_fill(crt, spec);
	if (err == 0)
		err = cert_sign(crt, key, spec->issuer);
	if (err == 0)
		err = export_both(c, crt, key);
	if (err == 0)
		tell_fingerprint(crt, c->fingerprint);
	if (crt != NULL)
		tls.gnutls_x509_crt_deinit(crt);
	if (key != NULL)
		tls.gnutls_x509_privkey_deinit(key);
	return err == 0 && c->cert.err == 0 && c->key.err == 0
		   ? 0
		   : diag_set(d, ERR_UNSUPPORTED, NULL, 0,
			 _("GnuTLS can't create a certificate"));
}

int
cert_read(struct cert *c, const char *path, struct diag *d)
{
	int err = diag_read_file(&c->cert, path, PEM_MAX, d);

	if (err == 0)
		buf_str(&c->key, buf_view(&c->cert));
	if (err == 0 && strlen(buf_cstr(&c->cert)) != c->cert.n)
		err = ERR_SYNTAX;
	return err == 0 ? c->key.err : diag_fail_file(d, err, path);
}

void
cert_free(struct cert *c)
{
	/* A key stays no longer than it is needed. */
	if (c->key.n > 0)
		memset(c->key.p, 0, c->key.n);
	buf_free(&c->cert);
	buf_free(&c->key);
}
