/**
 * Windows that no literal is told by which has a rarer one: seen ten times or more in a million bytes
 * of published packages, from rare to frequent. `node bench/frequent-windows.ts` counts them anew, which
 * is worth it after many new rules; answers do not depend on them, only what they cost.
 */

/** Four bytes each, one behind the other; capital letters are equal to small ones. */
const LINES = [
  'te_tle_capp_ts.grapipgradacc_devy_pagethrally stuth_t":"_sigsts.rsecr_pacookkey"cityodec',
  'et_kecovstokode-ss =onshesigen sptimbottottourn"dashvercyptiscorpollory_ycomint_pi sooki',
  'ey iy","e_toss s_apind":at":eplodeplstabn":"ken:at\':elogckupasicploytwitaws_appscomb_ope',
  'h totaccapp lwayefrerkeyplaivaulntlyt_ked_evrefrredd_secrn "etacs":"_accuth lighblisdeep',
  '_autellot_sepadd56k1256kverap256rstaykeyy ison\',on_sbrowass:nkeycapen", gninmeriowsekey_',
  "fresbinaen ion_tncrybuckkey(ity_skeyoginscapwsern', merstkeyion=zerorizaess_eddint sss a",
  'tellerstext_ey =escansumploaateaigniapi.uploet =ttoken =ive_orksingcen a1000_chatp:/lick',
  'orcep://nal_.joiliveapisttp:prep_livuth0ack_ng sn": cemaekeyabils steam_nt_sallsd isatab',
  'se()basi_logetcon asforcn stonsu.v1..patotifn","coveize(ken ult:cursreshs":{et iapi-s as',
  'witct","fullgnalsswo_toksersool_asswsworpipeceboitchiscogramnsec.keygetc.froersesumesecr',
  'logiebooprodss tazurzuredditacebntifapi_on",bookscodeporcrypryptcretd win tos.geeralode(',
  'lookdiscdminadmibaaktackphqlaphq.logreprstacmplickagkagerowson":orizackaomerbilisforn is',
  "ion't seth =h = tomeecreth tied eaaa_pated w secumermarkesenmailkey:sesslityfiedtifyhori",
  "thorestsuthokind tokcordecod_sta': 'flowrivaprojnapiconvode__proutheprivhentignavateapi ",
  'pushamplsends","clouloudizatkey zatintryassidecomainivat_keyate_credwordedentifisentrepo',
  'ticaon: on tppliest_redepackntialicarvic": {llbaompoiden = (t isbuffion:ervitheness pena',
  'd bypasstconplicresepublbuileproubliifieacces totool", "ed bnticion"workwritmandps:/s://',
  "tps:ccesningapplessifaceent_entrstomustoovercustighttablfinissiottpstialviceload as ', '",
  ' keyass ion_": "ypesdenttokenectodulmoduokenonnennecconn wit.getcatiion(signcesstesticat',
  'quirequihttpauthclieliencomplassientent aultwithservectienticodesion is ----quesuest str',
  'onseableing equetrinringstrivaluptiorequion consurn ionsatioportretueturturnctiotypetion',
];

/** In small letters, from rare to frequent. */
export const FREQUENT_WINDOWS: readonly string[] = LINES.flatMap(
  (line) => line.match(/.{4}/g) ?? [],
);
