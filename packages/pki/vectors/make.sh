#!/bin/sh
# Makes the vectors of this folder anew with the openssl program (3.0 or later). Run it inside an empty folder.
# They end in 2126, so that tests do not end with them. The keys are for tests only.
set -eu
days=36500
ca() { openssl req -x509 -newkey "$1" $2 -nodes -keyout "$3-key.pem" -out "$3.pem" -days $days -subj "/CN=$4" \
  -addext 'keyUsage=critical,keyCertSign,cRLSign' 2>/dev/null; }
issue() { # issuer, name, subject, extensions, key options
  openssl req -new -newkey $5 -nodes -keyout "$2-key.pem" -out "$2.csr" -subj "$3" 2>/dev/null
  printf '%b' "$4" > "$2.ext"
  openssl x509 -req -in "$2.csr" -CA "$1.pem" -CAkey "$1-key.pem" -CAcreateserial -days $days "-${digest:-sha256}" -extfile "$2.ext" \
    -out "$2.pem" 2>/dev/null
  rm "$2.csr" "$2.ext"
}
client='basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=clientAuth\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n'
ca rsa:2048 '' root 'Vector Root'
issue root middle '/CN=Vector Middle' 'basicConstraints=critical,CA:true,pathlen:0\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n' rsa:2048
issue middle rsa '/CN=Vector RSA' "$client" rsa:2048
issue root ec '/CN=Vector EC' "$client" 'ec -pkeyopt ec_paramgen_curve:P-256'
printf 'Content that was signed.\n' > content.txt

sign() { name="$1"; shift; openssl cms -sign -binary -in content.txt -outform PEM -out "signed-$name.pem" "$@"; }
rsa='-signer rsa.pem -inkey rsa-key.pem'
ec='-signer ec.pem -inkey ec-key.pem'
sign rsa-sha256-attached $rsa -certfile middle.pem -nodetach -md sha256
sign rsa-sha256-detached $rsa -certfile middle.pem -md sha256
sign rsa-sha512-attached $rsa -certfile middle.pem -nodetach -md sha512
sign rsa-sha1-attached $rsa -certfile middle.pem -nodetach -md sha1
sign pss-sha256-attached $rsa -certfile middle.pem -nodetach -md sha256 -keyopt rsa_padding_mode:pss
sign ec-sha256-detached $ec -md sha256
sign ec-sha384-attached $ec -nodetach -md sha384
sign key-identifier-attached $ec -nodetach -md sha256 -keyid
sign without-attributes-attached $ec -nodetach -md sha256 -noattr
sign two-signers-attached $rsa $ec -certfile middle.pem -nodetach -md sha256
sign streamed-attached $ec -nodetach -md sha256 -stream

encrypt() { name="$1"; shift; openssl cms -encrypt -binary -in content.txt -outform PEM -out "enveloped-$name.pem" "$@"; }
encrypt aes128 -aes128 rsa.pem
encrypt aes192 -aes192 rsa.pem
encrypt aes256 -aes256 rsa.pem
encrypt 3des -des3 rsa.pem
encrypt des -des-cbc -provider legacy -provider default rsa.pem
encrypt streamed -aes128 -stream rsa.pem
encrypt key-identifier -aes128 -keyid rsa.pem
encrypt oaep -aes256 -recip rsa.pem -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256 -keyopt rsa_mgf1_md:sha256
encrypt oaep-sha1 -aes256 -recip rsa.pem -keyopt rsa_padding_mode:oaep
# A device of Apple's, as far as its kind goes: short keys, SHA-1, an authority that ended long before the device does.
marker='basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\n1.2.840.113635.100.6.10.2=DER:0500\n'
openssl req -x509 -sha1 -newkey rsa:1024 -nodes -keyout device-ca-key.pem -out device-ca.pem -days 1 -subj '/CN=Vector Device CA' \
  -addext 'keyUsage=critical,keyCertSign' 2>/dev/null
digest=sha1
issue device-ca device '/CN=Vector Device' "$marker" rsa:1024
issue device-ca developer '/CN=Vector Developer' 'keyUsage=critical,digitalSignature\n' rsa:1024
for who in device developer; do
  sign "machine-info-$who" -signer $who.pem -inkey $who-key.pem -nodetach -md sha1
done
rm -f *.srl *-ca-key.pem root-key.pem middle-key.pem device-key.pem developer-key.pem ec-key.pem
