# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import textwrap

# The options of one origin. ``@`` stands for the way to it: nothing in the singular module, the list in the plural one.
_MEMBERS = r"""
  state:
    description:
      - V(present) creates the origin or changes it, V(absent) deletes it.
      - The service refuses to delete an origin that streams use. The module asks first and fails with the kind
        V(conflict) and the names of these streams.
      - The deletion of an origin that delivery properties use is carried out with a warning that names them.
    type: str
    choices: [present, absent]
    default: present
  id:
    description:
      - The number that the service gave to the origin. It names an existing origin and comes before O(@host_name).
    type: int
  host_name:
    description:
      - The origin's name, either the short identifier that was chosen at its creation or the full host name that the
        service shows.
      - An identifier has at most 16 characters and is unique among all customers and locations of the service.
      - The full name is made by the service. Case does not matter for finding an origin.
      - Required unless O(@id) is given.
    type: str
  contract_id:
    description:
      - The contract that the origin belongs to. CP codes must belong to the same contract.
      - Taken at creation only.
    type: str
  group_id:
    description:
      - The group of the contract.
      - Taken at creation only and never shown by the service, so a difference cannot be seen.
    type: int
  cpcode:
    description:
      - The ingest CP code of the origin, as its number or its name.
      - Taken at creation only, where it is required.
    type: str
  encoder_zone:
    description:
      - Where the encoder stands, as one of the service's publishing locations, such as V(EUROPE) or V(US_EAST).
      - Case does not matter. RV(streamops.live.msl_facts#module:ansible_facts.msl.publishing_locations) has the list.
      - Taken at creation only, where it is required.
    type: str
  backup_encoder_zone:
    description:
      - Where the backup encoder stands. The service then gives the origin a backup host name as well.
      - An empty text is none. Taken at creation only.
    type: str
  third_party_cdn_cpcode:
    description:
      - The CP code for the traffic of other CDNs, as its number or its name.
      - The service wants it as soon as there is a shared key of type V(THIRD_PARTY), and takes it at creation only. An
        origin that other CDNs may use one day should have it from the start.
    type: str
  is_dedicated_origin:
    description:
      - Give the origin a part of the shield network of its own.
      - Taken at creation only.
    type: bool
  email_ids:
    description:
      - Who gets a mail when the service has provisioned the origin.
      - The service never shows them. See O(@update_unreadable) for when they are sent.
      - What an update without them does to addresses that were given before is not documented, so it is best to declare
        them in every task that changes shared keys.
    type: list
    elements: str
  shared_keys:
    description:
      - The keys with which other CDNs and other Akamai accounts identify themselves to the origin, at most 10.
      - A key is known by its name and type. Keys that are not mentioned here are kept unless O(@purge_shared_keys=true).
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - The name of the key.
          - For a key of type V(AKAMAI) it is also the nonce that the partner account enters beside the key.
        type: str
        required: true
      state:
        description:
          - V(absent) removes the key, and for a key of type V(AKAMAI) also the successors that a rotation gave it.
          - A removed key cannot be had back.
        type: str
        choices: [present, absent]
        default: present
      type:
        description:
          - V(AKAMAI) for another Akamai account (multi-account), V(THIRD_PARTY) for another CDN (multi-CDN).
          - Needed for a new key, unless O(@shared_keys[].auth_method) is given, or one of O(@shared_keys[].cdn),
            O(@shared_keys[].expiry_date), O(@shared_keys[].guid) and O(@shared_keys[].validity), which only a key of type
            V(THIRD_PARTY) has.
        type: str
        choices: [AKAMAI, THIRD_PARTY]
      auth_method:
        description:
          - How the key is checked. It follows from O(@shared_keys[].type) and need not be given.
          - V(MSL_MULTI_ACCOUNT) goes with V(AKAMAI), V(SIMPLE_AKAMAI_HEADER_VERIFICATION) with V(THIRD_PARTY). Another
            combination is refused, although the service's documents describe it the other way round. So is one that
            does not go with the type of the key that the origin has, unless O(@shared_keys[].type) is given too.
        type: str
        choices: [MSL_MULTI_ACCOUNT, SIMPLE_AKAMAI_HEADER_VERIFICATION]
      cdn:
        description:
          - The CDN that the key is for, as its name, such as V(Fastly), or its code, such as V(dn003).
          - A name is looked up among the service's CDNs whatever its case.
          - Needed for a new key of type V(THIRD_PARTY), and only such a key has it.
        type: str
        aliases: [cdn_code]
      key:
        description:
          - The key itself. Left out, an existing key is kept, and the service generates one for a new entry.
          - Another key than the existing one replaces it. For type V(THIRD_PARTY) the old one is accepted for
            O(@shared_keys[].grace_period) on. For type V(AKAMAI) nothing changes where the key is that of a successor
            already, and the key of a successor is never replaced.
          - It cannot be given together with O(@shared_keys[].rotate).
        type: str
      enabled:
        description:
          - Whether the key is accepted.
          - A key that shall stay switched off must say so in every task that declares it.
        type: bool
        default: true
      expiry_date:
        description:
          - Until when the key is accepted, as an ISO 8601 date and time with an offset, such as
            V(2030-12-31T23:59:00+09:00). It must lie in the future.
          - Only a key of type V(THIRD_PARTY) has it. Left out, a new key is accepted without an end, and another one
            keeps the end that it has.
          - An empty text takes the end away. It cannot be given together with O(@shared_keys[].validity).
        type: str
      guid:
        description:
          - An identifier that the service generates and that is kept once it exists.
          - Only a key of type V(THIRD_PARTY) has it.
        type: str
      rotate:
        description:
          - V(never) keeps the key.
          - V(expiring) makes a new one when the end of the present one is no further away than
            O(@shared_keys[].rotate_within). A key without an end never is.
          - V(always) makes a new one in every run.
          - A key of type V(THIRD_PARTY) is rotated in place. The old key becomes C(previous_key) and is accepted for
            O(@shared_keys[].grace_period) on; the new one is valid for O(@shared_keys[].validity).
          - A key of type V(AKAMAI) has neither an end nor a previous key. It gets a successor with the name and the day,
            such as V(partner-20301231), beside it, and both are accepted. A later run with V(expiring) or V(always)
            removes the older one when O(@shared_keys[].grace_period) has passed, counted from the end of the day in the
            successor's name. With V(expiring) that is all a run does to such a key.
          - A successor needs a free place among the 10 keys of an origin.
        type: str
        choices: [never, expiring, always]
        default: never
      rotate_within:
        description:
          - How long before its end a key is rotated with O(@shared_keys[].rotate=expiring).
          - A length of time such as V(30d), V(12h) or V(1d12h).
        type: str
        default: 30d
      grace_period:
        description:
          - How long the old key goes on to be accepted after another took its place. V(0) ends it at once.
          - A length of time such as V(7d).
        type: str
        default: 7d
      validity:
        description:
          - How long a key that this task makes is accepted, as a length of time such as V(90d). It comes into play
            when the key is created or rotated and never changes a key that stays.
          - O(@shared_keys[].expiry_date) comes before it. Without either, a rotated key that had an end is valid for 365 days,
            or for twice O(@shared_keys[].rotate_within) where that alone is so long.
          - With O(@shared_keys[].rotate=expiring) it must be longer than O(@shared_keys[].rotate_within), as each run would
            rotate again otherwise.
          - Only a key of type V(THIRD_PARTY) has an end.
        type: str
      host_name:
        description:
          - Accepted so that a returned origin can be fed back; has no effect.
        type: str
      backup_host_name:
        description:
          - Accepted so that a returned origin can be fed back; has no effect.
        type: str
      amd_properties:
        description:
          - Accepted so that a returned origin can be fed back; has no effect.
        type: list
        elements: dict
      previous_key:
        description:
          - Accepted so that a returned origin can be fed back; has no effect.
        type: str
      previous_key_expiry_date:
        description:
          - Accepted so that a returned origin can be fed back; has no effect.
        type: str
      previous_key_fingerprint:
        description:
          - Accepted so that a returned origin can be fed back; has no effect.
        type: str
      key_fingerprint:
        description:
          - Accepted so that a returned origin can be fed back; has no effect but one.
          - The O(@shared_keys[].expiry_date) of a key that is given with it may have passed, as long as it is the one that
            the service shows.
        type: str
  purge_shared_keys:
    description:
      - Remove the keys that O(@shared_keys) does not mention. Successors that a rotation gave to a mentioned key stay.
      - Together with an empty O(@shared_keys) it switches sharing off.
    type: bool
    default: false
  update_unreadable:
    description:
      - When to send what the service never shows, which for an origin is O(@email_ids).
      - V(on_create) sends it when the origin is created and along with an update that is made anyway, and never makes an
        update for it alone. The update that removes the last shared key is empty and takes no addresses; the task warns then.
      - V(always) sends it in every run, which is then always changed.
    type: str
    choices: [on_create, always]
    default: on_create
    aliases: [update_password]
  details:
    description:
      - Return the origin in full in any case.
      - Where a task has many origins, and in a loop in the controller from the third item on, an origin for which the
        service's list shows that nothing is to be done is not read by itself. Only what the list shows of it is returned.
    type: bool
    default: false
"""


class ModuleDocFragment:
    """What can be said about an origin, in a task of its own or in a list."""

    # Annotated, since ansible-test takes a plain assignment for a literal text.
    DOCUMENTATION: str = "options:" + _MEMBERS.replace("O(@", "O(")

    LIST: str = "options:\n  origins:\n    suboptions:" + textwrap.indent(
        _MEMBERS.replace("O(@", "O(origins[]."), "    "
    )
