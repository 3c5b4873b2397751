/* govsite search. Made from theme/search/*.js by dev/make_search_script.py; change those. */
(function(root){
"use strict";
const search=(root.GovsiteSearch=root.GovsiteSearch||{});
const j$=new RegExp(
"[\\u0000-\\u002f\\u003a-\\u0060\\u007b-\\u00a9\\u00ab-\\u00b4\\u00b6-\\u00b9\\u00bb-\\u00bf\\u00d7\\u00f7"+
"\\u02b0-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u2000-\\u2bff\\u2e00-\\u2e7f\\u2fe0-\\u3004\\u3008-\\u3020"+
"\\u302a-\\u3030\\u303d-\\u303f\\u3099-\\u309c\\u30a0\\u30fb\\u4dc0-\\u4dff\\ud800-\\uf8ff\\ufe00-\\ufe2f"+
"\\ufeff\\ufff0-\\uffff\\u{1f000}-\\u{1fbff}\\u{e0000}-\\u{10ffff}]",
"u"
);
const d7="āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ";
const f8=new RegExp(
"[(（][a-zɡü"+d7+"' ]{0,12}["+d7+"][a-zɡü"+d7+"' ]{0,12}[)）]",
"g"
);
const j6="\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029";
const i9=/\s*([〔［[【(（﹝〈])\s*(\d{4}|[０-９]{4})\s*([〕］\]】)）﹞〉])\s*([\d０-９]+)\s*([号號])/g;
const g_=/([-－−])?(?:[\x22“”＂「]([^\x22“”＂」]*)[\x22“”＂」]?|([^\s\x22“”＂「]+))/g;
const j7=200;
const i3=new Map();
let e2=[];
function useSimplified(m4){
const $8=Array.from(m4);
const h$=$8.length / 2;
for(let at=0;at<h$;at++)i3.set($8[at],$8[h$+at]);
e2=[];
}
function g8($4){
const c7=$4.codePointAt(0);
let folded=e2[c7];
if(folded===undefined){
folded="";
if(j6.indexOf($4)>=0)folded="\n";
else
for(const part of $4.normalize("NFKD").toLowerCase())
if(!j$.test(part))folded+=i3.get(part)||part;
e2[c7]=folded;
}
return folded;
}
function fold(text){
let c$="";
for(const $4 of text.replace(f8,""))c$+=g8($4);
return c$;
}
function foldWithPlaces(text){
const b0=[];
text.replace(f8,($1,place)=>b0.push([place,place+$1.length])&&$1);
const at=[];
let c$="";
let place=0;
for(const $4 of text){
while(b0.length&&place>=b0[0][1])b0.shift();
if(!b0.length||place<b0[0][0]){
const folded=g8($4);
for(let unit=0;unit<folded.length;unit++)at.push(place);
c$+=folded;
}
place+=$4.length;
}
at.push(place);
return{text:c$,at:at};
}
function compare(a,b){
const i_=(unit)=>(unit<0xd800?unit:unit<0xe000?unit+0x2000:unit - 0x800);
const length=Math.min(a.length,b.length);
for(let at=0;at<length;at++)
if(a.charCodeAt(at)!==b.charCodeAt(at))return i_(a.charCodeAt(at))- i_(b.charCodeAt(at));
return a.length - b.length;
}
function parseQuery(query){
const parsed={words:[],excluded:[],tooLong:Array.from(query).length>j7};
if(parsed.tooLong)return parsed;
const l4=query.replace(i9,"$1$2$3$4$5");
const i2=new Set();
let _5;
g_.lastIndex=0;
while((_5=g_.exec(l4))){
const raw=_5[2]===undefined?_5[3]:_5[2];
const text=fold(raw).replace(/\n/g,"");
const e_=_5[1]!==undefined;
if(!text||i2.has(e_+text))continue;
i2.add(e_+text);
(e_?parsed.excluded:parsed.words).push({text:text,raw:raw});
}
return parsed;
}
function expandSynonyms($_,e3){
const $1=[$_];
for(const _2 of e3){
const h0=_2.filter(($$)=>$_.indexOf($$)>=0).sort((a,b)=>b.length - a.length)[0];
if(h0===undefined)continue;
for(const f0 of _2){
const i5=$_.replace(h0,()=>f0);
if($1.indexOf(i5)<0)$1.push(i5);
}
}
return $1;
}
function parsePinyin($_,syllables){
if(!/^[a-z]{2,24}$/.test($_))return [];
const whole=new Set(syllables);
const h_=new Set(["zh","ch","sh"].concat(syllables.map(($$)=>$$[0])));
const c6=(part)=>syllables.some(($$)=>$$.length>part.length&&$$.startsWith(part));
const f$=new Map();
const read=(at)=>{
if(at===$_.length)return [[0]];
if(f$.has(at))return f$.get(at);
let ways=[];
for(let $9=at+1;$9<=Math.min($_.length,at+6);$9++){
const part=$_.slice(at,$9);
const g4=whole.has(part)?1:h_.has(part)||($9===$_.length&&c6(part))?3:0;
if(g4)for(const rest of read($9))ways.push([rest[0]+g4,part].concat(rest.slice(1)));
}
ways.sort((a,b)=>a[0] - b[0]||(a.slice(1).join(" ")<b.slice(1).join(" ")?-1:1));
ways=ways.filter(($2)=>$2[0]<=ways[0][0]+1).slice(0,4);
f$.set(at,ways);
return ways;
};
const ways=read(0).map(($2)=>$2.slice(1));
const e5=$_.split("");
const l9=ways.some(($2)=>$2.some((part)=>!whole.has(part)));
const l5=ways.some(($2)=>$2.length===e5.length);
if((l9||!ways.length)&&!l5&&e5.every(($$)=>h_.has($$)))ways.push(e5);
return ways;
}
function findUnits(units,read,whole){
const l_=(unit,syllable)=>(whole.has(unit)?unit===syllable:syllable.startsWith(unit));
for(let at=0;at+units.length<=read.length;at++)
if(units.every((unit,i$)=>read[at+i$]&&l_(unit,read[at+i$])))return at;
return -1;
}
Object.assign(search,{
compare:compare,
expandSynonyms:expandSynonyms,
findUnits:findUnits,
fold:fold,
foldWithPlaces:foldWithPlaces,
parsePinyin:parsePinyin,
parseQuery:parseQuery,
useSimplified:useSimplified,
});
})(window);
(function(root){
"use strict";
const search=(root.GovsiteSearch=root.GovsiteSearch||{});
const j3=2;
const f6=Array.from({length:95},(_,at)=>String.fromCharCode(32+at))
.filter(($4)=>"\x22\\<".indexOf($4)<0)
.join("");
const d5=f6.length;
const c3=60;
const g$=16;
const j_=22;
const j4=300;
const f9=2048;
const b2=new Uint8Array(128);
Array.from(f6).forEach(($4,at)=>(b2[$4.charCodeAt(0)]=at));
const c1={};
root.govsiteSearch=function(f3,name,__){
if(c1[name])c1[name](f3,__);
};
class PartError extends Error{
constructor(reason,name){
super(reason+" "+name);
this.reason=reason;
this.part=name;
}
}
function l1(b3,name){
return new Promise((m1,m0)=>{
const c_=document.createElement("script");
const e$=(reason,__)=>{
delete c1[name];
c_.remove();
if(reason)m0(new PartError(reason,name));
else m1(__);
};
c1[name]=(f3,__)=>e$(f3===j3?"":"version",__);
c_.onload=()=>c1[name]&&e$("broken");
c_.onerror=()=>e$("missing");
c_.src=b3+name+".js";
document.head.appendChild(c_);
});
}
function m_(text){
const numbers=[];
let rest=0;
for(let at=0;at<text.length;at++){
const a2=b2[text.charCodeAt(at)];
if(a2<c3){
numbers.push(rest*c3+a2);
rest=0;
}else rest=rest*(d5 - c3)+a2 - c3+1;
}
return numbers;
}
class i8{
constructor(text){
this.text=text;
this.place=0;
this.held=0;
this.count=0;
}
fill(){
const left=this.text.length - this.place;
if(left<1)throw new PartError("broken","list");
const _3=b2[this.text.charCodeAt(this.place)];
const a5=left>1;
this.held=a5?_3*d5+b2[this.text.charCodeAt(this.place+1)]:_3;
this.count=a5?13:6;
this.place+=2;
}
bit(){
if(!this.count)this.fill();
return(this.held>>--this.count)&1;
}
bits(width){
let value=0;
while(width>0){
if(!this.count)this.fill();
const d3=Math.min(width,this.count);
this.count -=d3;
value=value*(1<<d3)+((this.held>>this.count)&((1<<d3)- 1));
width -=d3;
}
return value;
}
}
function readList(text,scale,k7){
if(!text)return{slots:new Int32Array(0),classes:new Uint8Array(0)};
const a0=new i8(text);
let f5=0;
while(!a0.bit())f5++;
const count=(1<<f5)+a0.bits(f5);
const h7=Math.floor(Math.floor((scale*11)/ 16)/ count);
const width=h7?31 - Math.clz32(h7):0;
const list={slots:new Int32Array(count),classes:new Uint8Array(count)};
let slot=(k7||0)- 1;
for(let at=0;at<count;at++){
let d2=0;
while(d2<g$&&a0.bit())d2++;
slot+=1+(d2===g$?a0.bits(j_):d2*(1<<width)+a0.bits(width));
list.slots[at]=slot;
list.classes[at]=!a0.bit()?0:!a0.bit()?3:a0.bit()?2:1;
}
return list;
}
const h9=(_$)=>Array.from(_$,($4)=>$4.codePointAt(0).toString(16)).join("-");
const i0=($5)=>
$5.replace(/[\u0300-\u034f]/g,($4)=>String.fromCharCode($4.charCodeAt(0)- 0x2d0));
function readGrams(__){
const grams=new Map();
const a9=/(?:<([^ -~]))?([^ -~]*)([ -;=-~]+)/gu;
let head="";
let _5;
while((_5=a9.exec(__))){
if(_5[1])head=i0(_5[1]);
grams.set(head+i0(_5[2]),_5[3]);
}
return grams;
}
function l3(a,b){
if(!a.slots.length)return b;
if(!b.slots.length)return a;
const length=a.slots.length+b.slots.length;
const list={slots:new Int32Array(length),classes:new Uint8Array(length)};
list.slots.set(a.slots);
list.slots.set(b.slots,a.slots.length);
list.classes.set(a.classes);
list.classes.set(b.classes,a.slots.length);
return list;
}
function g7(_9,_$){
let _8=-1;
for(let _3=_9.length;_3 - _8>1;){
const f_=(_8+_3)>>1;
if(search.compare(_9[f_],_$)<=0)_8=f_;
else _3=f_;
}
return _8;
}
function e1(_9,_8,_3){
return _9.slice(Math.max(0,g7(_9,_8)),g7(_9,_3)+1);
}
class Index{
constructor(b3,e7){
this.fetchPart=e7||((name)=>l1(b3,name));
this.parts=new Map();
this.codes={};
}
part(name,read){
let held=this.parts.get(name);
if(!held){
held=this.fetchPart(name).then((__)=>(read?read(__):__));
held.catch(()=>this.parts.delete(name));
}else this.parts.delete(name);
this.parts.set(name,held);
if(this.parts.size>j4)this.parts.delete(this.parts.keys().next().value);
return held;
}
open(){
if(!this.opening){
this.opening=this.fetchPart("manifest").then((manifest)=>{
this.manifest=manifest;
this.pages=manifest.pages?manifest.pages.split(" "):[];
const newest=manifest.newest;
this.newest=newest[2]?newest[2].split(" "):[];
this.readMain=($5)=>readList($5,manifest.scale);
this.readNew=($5)=>readList($5,newest[1],newest[0]);
this.common=new Set(manifest.common?manifest.common.split(" "):[]);
this.withdrawn=this.flags(manifest.withdrawn);
this.answers=this.flags(manifest.answers);
return this;
});
this.opening.catch(()=>(this.opening=null));
}
return this.opening;
}
flags($5){
const flags=new Uint8Array(this.manifest.scale);
for(const slot of readList($5,this.manifest.scale).slots)flags[slot]=1;
return flags;
}
page(b6){
return this.part("d/"+h9(b6),(__)=>__.split(" "));
}
async partsOf(_8,_3){
const $1=e1(this.newest,_8,_3).map((b6)=>["n",b6]);
const pages=await Promise.all(e1(this.pages,_8,_3).map((page)=>this.page(page)));
for(const _9 of pages)for(const b6 of e1(_9,_8,_3))$1.push(["g",b6]);
return $1;
}
grams(part){
return this.part(part[0]+"/"+h9(part[1]),readGrams);
}
async list(_$){
const parts=await this.partsOf(_$,_$);
const e8=await Promise.all(parts.map((part)=>this.grams(part)));
const _4=e8.map((map,at)=>(parts[at][0]==="g"?this.readMain:this.readNew)(map.get(_$)));
return _4.reduceRight(l3,readList(""));
}
async listsOf($4){
const $6=new Int8Array(this.manifest.scale).fill(-1);
const parts=await this.partsOf($4,$4+"\u{10ffff}");
const e8=await Promise.all(parts.map((part)=>this.grams(part)));
let count=0;
e8.forEach((map,at)=>{
for(const [_$,$5] of map){
if(!_$.startsWith($4))continue;
const list=(parts[at][0]==="g"?this.readMain:this.readNew)($5);
for(let $$=0;$$<list.slots.length;$$++){
const slot=list.slots[$$];
if($6[slot]<0)count++;
if($6[slot]<list.classes[$$])$6[slot]=list.classes[$$];
}
}
});
const list={slots:new Int32Array(count),classes:new Uint8Array(count)};
for(let slot=$6.length;slot-->0;)
if($6[slot]>=0){
list.slots[--count]=slot;
list.classes[count]=$6[slot];
}
return list;
}
async text(slot){
const a$=slot>>1;
const __=await this.part("t/"+(a$>>8)+"/"+(a$&255));
return __[__.indexOf(slot)+1];
}
piece(slot,a$){
return this.part("x/"+slot+"-"+a$);
}
async cards($0,slots){
const facets=["kind","column","topic","validity","domain"];
const held=this.codes[$0]||{codes:new Uint16Array(this.manifest.scale).fill(65535),read:new Set()};
const codes=(this.codes[$0]=held).codes;
const k6=Array.from(new Set(Array.from(slots,(slot)=>Math.floor(slot / f9))));
await Promise.all(
k6.map(async(b4)=>{
if(held.read.has(b4))return;
const g3=await this.part("c/"+b4);
const $5=$0==="issuer"?await this.part("i/"+b4):g3[1+facets.indexOf($0)];
const g9=m_(g3[0]);
const width=Math.round($5.length / g9.length);
let slot=b4*f9 - 1;
g9.forEach((l0,at)=>{
slot+=l0+1;
codes[slot]=0;
for(let a2=0;a2<width;a2++)
codes[slot]=codes[slot]*d5+b2[$5.charCodeAt(at*width+a2)];
});
held.read.add(b4);
})
);
return codes;
}
async values($0){
if($0!=="issuer")return this.manifest.facets[$0];
return(await this.part("i/values")).map((issuer)=>[issuer,issuer]);
}
}
Object.assign(search,{Index:Index,PartError:PartError,readGrams:readGrams,readList:readList});
})(window);
(function(root){
"use strict";
const search=(root.GovsiteSearch=root.GovsiteSearch||{});
const k3="\ue7fe";
const k2="\ue7ff";
const j1=0xe000;
const f7=10;
const j9=500;
const j8=40;
const j5=0.25;
const g0=0x400000;
const j0="key url title docNo indexNo kind column topic domain issuer published validity inForce keywords summary"
.split(" ")
.concat("elements text attachments interpretations traditional rare pieces".split(" "));
const FACETS=["kind","column","year","issuer","topic","validity","domain"];
const EXACT=6;
const BEGINS=5;
const TITLE=4;
const KEYWORD=3;
const SEVERAL=1;
function planGrams($8,h2){
const a5=(at)=>$8[at]+$8[at+1];
const _7=[];
for(let at=0;at+1<$8.length;at++)
_7.push(at+2<$8.length&&h2(a5(at))&&h2(a5(at+1))?at+3:at+2);
const a_={cover:[],rest:[]};
let b$=0;
for(let _1=0;_1<$8.length;_1=b$){
let $6=0;
for(let at=0;at<_7.length&&at<=_1;at++)if(_7[at]>=_7[$6])$6=at;
if($6===_1&&_1){
const h4=_7[_1 - 1]>_1+1||_1<2||_7[_1 - 2]<=_1?_1 - 1:_1 - 2;
a_.rest.push($8.slice(h4,_7[h4]).join(""));
}
b$=_7[$6];
a_.cover.push($8.slice($6,b$).join(""));
}
return a_;
}
function b8(a,b){
const slots=[];
const classes=[];
for(let x=0,y=0;x<a.slots.length&&y<b.slots.length;){
if(a.slots[x]===b.slots[y]){
slots.push(a.slots[x]);
classes.push(Math.min(a.classes[x++],b.classes[y++]));
}else if(a.slots[x]<b.slots[y])x++;
else y++;
}
return{slots:Int32Array.from(slots),classes:Uint8Array.from(classes)};
}
function m9(_4){
if(_4.length===1)return _4[0];
const $6=new Map();
for(const list of _4)
list.slots.forEach((slot,at)=>$6.set(slot,Math.max($6.get(slot)||0,list.classes[at])));
const slots=Int32Array.from($6.keys()).sort();
return{slots:slots,classes:Uint8Array.from(slots,(slot)=>$6.get(slot))};
}
function d4(list,size){
const flags=new Uint8Array(size);
for(const slot of list.slots)flags[slot]=1;
return flags;
}
function m3(list,flags){
const h5=Int32Array.from(list.slots.keys()).filter((at)=>!flags[list.slots[at]]);
return{slots:h5.map((at)=>list.slots[at]),classes:Uint8Array.from(h5,(at)=>list.classes[at])};
}
function k9(line,$_){
let hits=0;
for(let at=line.indexOf($_);at>=0;at=line.indexOf($_,at+1))hits++;
return hits;
}
class Engine{
constructor(b3,e7){
this.index=new search.Index(b3,e7);
this.knowsTraditional=false;
}
async loadTraditional(){
if(!this.knowsTraditional)search.useSimplified((await this.index.part("simplified")).join(""));
this.knowsTraditional=true;
}
async loadPinyin(){
if(this.syllables)return;
const part=await this.index.part("pinyin");
this.syllables=part[0].split(" ");
this.whole=new Map(this.syllables.map(($$,at)=>[$$,String.fromCharCode(j1+at)]));
this.usual=new Map();
for(const _2 of part[1]?part[1].split(" "):[]){
const syllable=/^[a-z]*/.exec(_2)[0];
for(const $4 of _2.slice(syllable.length))this.usual.set($4,syllable);
}
}
async understand(query){
const parsed=search.parseQuery(query);
const e3=this.index.manifest.synonyms;
for(const $_ of parsed.words){
$_.ways=search.expandSynonyms($_.text,e3).map((text)=>({text:text}));
if(!/^[a-z]{2,24}$/.test($_.text))continue;
await this.loadPinyin();
for(const units of search.parsePinyin($_.text,this.syllables))$_.ways.push({units:units});
}
return parsed;
}
async findText(text){
const $8=Array.from(text);
if($8.length===1){
const whole=this.index.manifest.everywhere.indexOf(text)>=0;
return{list:await(whole?this.index.list(text):this.index.listsOf(text)),certain:true};
}
const a_=planGrams($8,(a5)=>this.index.common.has(a5));
let list=await this.findAll(a_.cover);
if(list.slots.length>f7&&a_.rest.length)list=b8(list,await this.findAll(a_.rest));
return{list:list,certain:a_.cover.length===1};
}
async findAll(grams){
const _4=await Promise.all(grams.map((_$)=>this.index.list(_$)));
return _4.sort((a,b)=>a.slots.length - b.slots.length).reduce(b8);
}
async findWay($2,c5){
const $1=await($2.text?this.findText($2.text):this.findUnits($2.units));
const good=$1.list.classes.reduce((f2,$$)=>f2+($$>1),0);
let a7=($$)=>($$===3?TITLE:$$===2?KEYWORD:$$);
if(c5&&$2.text&&good>f7)a7=await this.boundByMarks(Array.from($2.text));
else if(c5&&$2.text)a7=($$)=>($$>1?EXACT:$$);
const m7=$1.list.classes.map(($$,at)=>a7($$,$1.list.slots[at]));
return{list:{slots:$1.list.slots,classes:m7},certain:$1.certain};
}
async boundByMarks($8){
const b_=[k3+$8[0],$8[$8.length - 1]+k2].map((_$)=>this.index.list(_$));
const _4=await Promise.all(b_);
const c6=d4(_4[0],this.index.manifest.scale);
const _7=d4(_4[1],this.index.manifest.scale);
return($$,slot)=>{
if($$<2)return $$;
if(c6[slot]&&_7[slot])return EXACT;
return $$===2?KEYWORD:c6[slot]?BEGINS:TITLE;
};
}
async findUnits(units){
const d$=units.map((unit)=>this.whole.get(unit)||"");
const texts=d$.map((l6)=>l6||" ").join("").split(" ").filter(($$)=>$$.length>1);
if(units.length===1&&d$[0])texts.push(d$[0]);
else if(d$.indexOf("")>=0)texts.push(units.map((unit)=>unit[0].toUpperCase()).join(""));
const $1=await Promise.all(texts.map((text)=>this.findText(text)));
return{list:$1.map(($$)=>$$.list).reduce(b8),certain:false};
}
async findCandidates(parsed){
const c5=parsed.words.length===1;
const $1=await Promise.all(
parsed.words.map(async($_)=>{
const ways=await Promise.all($_.ways.map(($2)=>this.findWay($2,c5)));
return{list:m9(ways.map(($2)=>$2.list)),certain:ways.every(($2)=>$2.certain)};
})
);
let list=$1.map(($$)=>$$.list).reduce(b8);
let certain=$1.every(($$)=>$$.certain);
for(const $_ of parsed.excluded){
const d8=await this.findText($_.text);
certain=certain&&d8.certain;
if(d8.certain)list=m3(list,d4(d8.list,this.index.manifest.scale));
}
return{list:list,certain:certain};
}
async boundAdjacent(parsed){
const words=parsed.words.map(($_)=>Array.from($_.text));
const grams=words.slice(1).map(($_,at)=>words[at][words[at].length - 1]+$_[0]);
if(!grams.length)return null;
const _4=await Promise.all(grams.map((_$)=>this.index.list(_$)));
return d4(_4.reduce(b8),this.index.manifest.scale);
}
async ask(query,l8){
const chosen=Object.assign({sort:"relevance",filters:{}},l8);
await this.index.open();
let parsed=await this.understand(query);
if(parsed.tooLong||!parsed.words.length||!this.index.pages.length)return new Answer(this,parsed,null,chosen);
let $1=await this.findCandidates(parsed);
if(!this.knowsTraditional&&(!$1.list.slots.length||parsed.excluded.length)&&/[^\0-\u2fff]/.test(query)){
await this.loadTraditional();
const g1=await this.understand(query);
if(JSON.stringify(g1)!==JSON.stringify(parsed))$1=await this.findCandidates((parsed=g1));
}
const answer=new Answer(this,parsed,$1,chosen);
await answer.prepare();
return answer;
}
}
class Answer{
constructor(engine,parsed,$1,chosen){
this.engine=engine;
this.index=engine.index;
this.parsed=parsed;
this.chosen=chosen;
this.empty=!$1;
this.certain=!$1||$1.certain;
this.all=$1?$1.list:{slots:new Int32Array(0),classes:new Uint8Array(0)};
this.hits=[];
this.proved=new Map();
this.texts=this.good=0;
this.left=0;
this.failures=[];
}
async prepare(){
const i1=this.chosen.sort!=="date";
const c4=i1?await this.engine.boundAdjacent(this.parsed):null;
const d1=await this.passFilters(FACETS);
const queue=[];
this.all.slots.forEach((slot,at)=>{
const key=()=>this.key(slot,this.all.classes[at],c4&&c4[slot]);
if(d1(slot))queue.push(i1?key():slot);
});
this.queue=Float64Array.from(queue).sort();
this.left=this.queue.length;
}
key(slot,b1,c4){
const answers=this.index.answers[slot]&&b1>=KEYWORD?1:0;
const inForce=this.index.withdrawn[slot]?0:1;
return(((answers*8+b1)*2+(c4?1:0))*2+inForce)*g0+slot;
}
get total(){
return this.hits.length+this.left;
}
get isExact(){
return this.left===0||(this.certain&&this.failures.length===0);
}
year(slot){
const years=this.index.manifest.years;
let at=years.length - 1;
while(at>0&&years[at][1]>slot)at--;
return years.length?years[at][0]:0;
}
async passFilters(facets){
const f4=facets.filter(($0)=>this.chosen.filters[$0]!==undefined);
const m6=await Promise.all(
f4.map(async($0)=>{
const value=String(this.chosen.filters[$0]);
if($0==="year")return(slot)=>String(this.year(slot))===value;
const c7=(await this.index.values($0)).findIndex(($$)=>$$[0]===value);
const codes=await this.index.cards($0,this.all.slots);
return(slot)=>codes[slot]===c7;
})
);
return(slot)=>m6.every((test)=>test(slot));
}
async countFacets(facets){
const a1={};
const slots=this.all.slots.filter((slot)=>this.proved.get(slot)!==null);
for(const $0 of facets){
const d1=await this.passFilters(FACETS.filter((f0)=>f0!==$0));
const a8=new Map();
if($0==="year"){
for(const slot of slots)
if(d1(slot))a8.set(this.year(slot),(a8.get(this.year(slot))||0)+1);
a1.year=Array.from(a8,($$)=>({id:String($$[0]),name:String($$[0]),count:$$[1]}))
.filter(($$)=>$$.id!=="0")
.sort((a,b)=>b.id - a.id);
continue;
}
const values=await this.index.values($0);
const codes=values.length>1?await this.index.cards($0,this.all.slots):[];
for(const slot of values.length>1?slots:[])
if(d1(slot))a8.set(codes[slot],(a8.get(codes[slot])||0)+1);
a1[$0]=Array.from(a8,($$)=>({id:values[$$[0]][0],name:values[$$[0]][1],count:$$[1]}))
.filter(($$)=>$$.id)
.sort((a,b)=>b.count - a.count||search.compare(a.id,b.id));
}
return a1;
}
async page(from,count){
const l7=this.texts+j9;
while(this.hits.length<from+count&&this.left>0&&this.texts<l7){
const f4=from+count - this.hits.length;
const size=Math.min(this.left,j8,Math.ceil(f4 / Math.max(j5,this.good / this.texts||1)));
const k5=Array.from(this.queue.slice(this.left - size,this.left)).reverse();
await this.prove(k5.map((key)=>key % g0));
}
return this.hits.slice(from,from+count);
}
async prove(slots){
await Promise.all(slots.filter((slot)=>!this.proved.has(slot)).map((slot)=>this.proveOne(slot)));
this.left -=slots.length;
const hits=slots.map((slot)=>this.proved.get(slot)).filter(($3)=>$3);
hits.sort((a,b)=>b.key - a.key);
const a7=this.left?this.queue[this.left - 1]:-1;
const g2=hits.filter(($3)=>$3.key<a7);
for(const $3 of hits)if($3.key>=a7)this.hits.push($3.document);
if(!g2.length)return;
this.queue=Float64Array.from(Array.from(this.queue.slice(0,this.left)).concat(g2.map(($3)=>$3.key))).sort();
this.left=this.queue.length;
}
async proveOne(slot){
this.texts++;
const document=await this.read(slot);
const b9=document&&this.judge(document);
if(b9&&this.chosen.sort==="date")b9.key=slot;
if(!document)this.failures.push(slot);
if(b9)this.good++;
this.proved.set(slot,b9&&{key:b9.key,document:document});
}
async read(slot){
try{
const a9=await this.index.text(slot);
if(a9[19]===1)await this.engine.loadTraditional();
else if(a9[19])search.useSimplified(a9[19]);
const document={slot:slot};
j0.forEach((name,at)=>(document[name]=a9[at]));
if(typeof document.key==="number")document.key=document.url.slice(0,document.key);
await this.foldDocument(document);
return document;
}catch(_0){
if(!(_0 instanceof search.PartError))throw _0;
this.failure=_0;
return null;
}
}
async foldDocument(document){
const facets=this.index.manifest.facets;
const name=($0)=>(facets[$0].find(($$)=>$$[0]===document[$0])||["",""])[1];
const a4=[document.summary,document.issuer,name("column"),name("topic"),name("domain")];
const places=a4.concat(document.elements,document.text.split("\n")).map((line)=>({line:line}));
document.attachments.forEach((file)=>
[file[0]].concat(file[2].split("\n")).forEach((line)=>places.push({line:line,file:file}))
);
for(let a$=0;a$<document.pieces;a$++)
for(const piece of await this.index.piece(document.slot,a$))
for(const line of piece[1].split("\n"))places.push({line:line,file:document.attachments[piece[0]]});
const c8=(line)=>search.fold(line).replace(/\n/g,"");
document.places=places;
document.folded={
title:c8(document.title),
numbers:[document.docNo,document.indexNo].map(c8),
keywords:document.keywords.map(c8),
column:c8(name("column")),
body:places.map((place)=>search.fold(place.line)),
};
}
judge(document){
const folded=document.folded;
const a4=[folded.title].concat(folded.numbers,folded.keywords,folded.body);
if(this.parsed.excluded.some(($_)=>a4.some((line)=>line.indexOf($_.text)>=0)))return null;
let b1=this.parsed.words.length>1?TITLE:EXACT;
for(const $_ of this.parsed.words){
const $6=Math.max.apply(null,$_.ways.map(($2)=>this.judgeWay(document,$2)));
if($6<0)return null;
b1=Math.min(b1,$6);
}
const texts=this.parsed.words.map(($_)=>$_.text);
const m8=texts.slice(1).every(($_,at)=>a4.some((line)=>line.indexOf(texts[at]+$_)>=0));
return{key:this.key(document.slot,b1,texts.length>1&&m8)};
}
judgeWay(document,$2){
const folded=document.folded;
if($2.units)return this.judgeUnits(document,$2.units);
const $_=$2.text;
if(folded.title===$_||folded.numbers.indexOf($_)>=0)return EXACT;
const place=folded.title.indexOf($_);
if(place>=0)return place?TITLE:BEGINS;
if(folded.numbers.concat(folded.keywords).some((line)=>line.indexOf($_)>=0))return KEYWORD;
const hits=folded.body.reduce((f2,line)=>f2+k9(line,$_),0);
return hits>1?SEVERAL:hits - 1;
}
judgeUnits(document,units){
const folded=document.folded;
const a4=[folded.title].concat(folded.keywords,folded.column);
const read=Array.from(a4.join("\n"),($4)=>this.engine.usual.get($4)||"");
for(const rare of document.rare?document.rare.split(" "):[])
read[parseInt(rare,10)]=rare.replace(/^\d+/,"");
const line=(from,to)=>search.findUnits(units,read.slice(from,to),this.engine.whole)>=0;
const title=Array.from(folded.title).length;
const keywords=Array.from(a4.slice(0,-1).join("\n")).length;
if(line(0,title))return TITLE;
if(line(title+1,keywords))return KEYWORD;
return line(keywords+1)?0:-1;
}
}
Object.assign(search,{Answer:Answer,Engine:Engine,FACETS:FACETS,planGrams:planGrams});
})(window);
(function(){
"use strict";
const c2=10;
const k1=24;
const d6=120;
const k0=12;
const k$=5;
const j2=6;
const k4="(min-width: 60rem)";
const i6=20000;
const i7=2000;
const $=(id)=>document.getElementById(id);
const $7=(m5,className,text)=>{
const b5=document.createElement(m5);
if(className)b5.className=className;
if(text)b5.textContent=text;
return b5;
};
function f1(){
const $5=location.hash.indexOf("q=")===1?location.hash.slice(1):location.search;
const b7=new URLSearchParams($5);
const state={query:b7.get("q")||"",sort:b7.get("sort")==="date"?"date":"relevance",filters:{}};
state.page=Math.max(1,parseInt(b7.get("page"),10)||1);
for(const $0 of window.GovsiteSearch.FACETS)if(b7.get($0)!==null)state.filters[$0]=b7.get($0);
return state;
}
function n$(state){
const $5=new URLSearchParams();
$5.set("q",state.query);
if(state.sort==="date")$5.set("sort","date");
for(const $0 of Object.keys(state.filters))$5.set($0,state.filters[$0]);
if(state.page>1)$5.set("page",state.page);
try{
history.pushState(null,"","?"+$5);
}catch(n_){
location.hash=$5;
}
}
function e9(b5,text,words){
const folded=window.GovsiteSearch.foldWithPlaces(text);
const b_=new Uint8Array(text.length);
for(const $_ of words)
for(let at=folded.text.indexOf($_);at>=0;at=folded.text.indexOf($_,at+1))
b_.fill(1,folded.at[at],folded.at[at+$_.length - 1]+1);
for(let at=0;at<text.length;){
let $9=at+1;
while($9<text.length&&(b_[$9]===b_[at]||e4(text,$9)))$9++;
const piece=text.slice(at,$9);
b5.appendChild(b_[at]?$7("mark","",piece):document.createTextNode(piece));
at=$9;
}
}
function e4(text,at){
const unit=text.charCodeAt(at);
return unit>=0xdc00&&unit<0xe000;
}
function l$($3,words){
const places=$3.places.filter((place,at)=>!at||at>=k$);
const k8=(place)=>words.some(($_)=>window.GovsiteSearch.fold(place.line).indexOf($_)>=0);
const l2=(place)=>place.line.length>=k0&&!/[:\uff1a]\s*$/.test(place.line);
const text=places.slice(1);
const place=places.find(k8)||($3.summary?places[0]:text.find(l2)||text.find(($$)=>$$.line.trim()));
if(!place)return{text:""};
const h8=window.GovsiteSearch.foldWithPlaces(place.line);
const hits=words.map(($_)=>h8.text.indexOf($_)).filter(($$)=>$$>=0);
const from=hits.length?Math.max(0,h8.at[Math.min.apply(null,hits)] - k1):0;
const start=e4(place.line,from)?from - 1:from;
const $9=e4(place.line,start+d6)?start+d6+1:start+d6;
const a6=(start?"…":"")+place.line.slice(start,$9)+($9<place.line.length?"…":"");
return{text:a6,file:place.file};
}
class k_{
constructor(box){
this.box=box;
this.words=JSON.parse($("search-words").textContent);
this.root=box.dataset.root;
this.engine=new window.GovsiteSearch.Engine(box.dataset.index);
this.turn=0;
this.listen();
this.show(f1());
}
say(key,a3){
return this.words[key].replace(/\{(\w+)\}/g,(whole,name)=>(a3&&name in a3?a3[name]:whole));
}
listen(){
this.box.querySelector("form").addEventListener("submit",(event)=>{
event.preventDefault();
this.go({query:$("search-query").value,sort:this.state.sort,filters:{},page:1});
});
$("search-sort").addEventListener("change",(event)=>this.change({sort:event.target.value,page:1}));
$("search-clear").addEventListener("click",()=>this.change({filters:{},page:1}));
$("search-filters").addEventListener("toggle",()=>$("search-filters").open&&this.showFacets());
window.addEventListener("popstate",()=>this.show(f1()));
window.addEventListener("hashchange",()=>this.show(f1()));
document.addEventListener("keydown",(event)=>{
if(event.key!=="/"||/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName))return;
event.preventDefault();
$("search-query").focus();
});
}
change(some){
return this.go(Object.assign({},this.state,some));
}
go(state){
const a6=this.show(state);
n$(state);
return a6;
}
async show(state){
const turn=++this.turn;
this.state=state;
$("search-query").value=state.query;
$("search-sort").value=state.sort;
$("search-problem").hidden=true;
if(!state.query.trim())return this.showNothing("");
$("search-status").textContent=this.say("loading");
this.box.setAttribute("aria-busy","true");
try{
const answer=await this.engine.ask(state.query,{sort:state.sort,filters:state.filters});
const hits=answer.empty?[]:await answer.page((state.page - 1)*c2,c2);
if(turn===this.turn)this.showAnswer(answer,hits);
}catch(_0){
if(turn===this.turn)this.showProblem(_0);
}
if(turn===this.turn)this.box.removeAttribute("aria-busy");
return undefined;
}
showNothing(text){
$("search-status").textContent=text;
$("search-found").hidden=true;
this.box.removeAttribute("aria-busy");
}
showProblem(_0){
if(!(_0 instanceof window.GovsiteSearch.PartError))throw _0;
this.showNothing("");
$("search-problem").textContent=this.say(_0.reason,{part:_0.part});
$("search-problem").hidden=false;
}
showAnswer(answer,hits){
this.answer=answer;
if(answer.parsed.tooLong)return this.showNothing(this.say("too_long"));
const e0=Object.keys(this.state.filters).length>0;
if(!hits.length&&!e0&&!answer.failures.length)
return this.showNothing(this.say("none",{query:this.state.query.trim()}));
const count=this.say(answer.isExact?"total":"about",{count:answer.total});
const page=this.state.page>1?" "+this.say("page",{page:this.state.page}):"";
$("search-status").textContent=hits.length?count+page:this.say("none_filtered");
$("search-found").hidden=false;
this.showFailures(answer);
this.showHits(hits);
this.showPages(answer);
const filters=$("search-filters");
const m2=this.engine.index.manifest.documents<=i6;
if(e0||(m2&&window.matchMedia(k4).matches&&!this.touched))filters.open=this.touched=true;
$("search-clear").hidden=!e0;
return filters.open?this.showFacets():undefined;
}
showFailures(answer){
if(!answer.failures.length)return;
const reason=this.say(answer.failure.reason,{part:answer.failure.part});
$("search-problem").textContent=this.say("skipped",{count:answer.failures.length,part:reason});
$("search-problem").hidden=false;
}
showHits(hits){
const words=[];
for(const $_ of this.answer.parsed.words)for(const $2 of $_.ways)if($2.text)words.push($2.text);
const list=$("search-hits");
list.textContent="";
list.start=(this.state.page - 1)*c2+1;
for(const $3 of hits)list.appendChild(this.drawHit($3,words));
}
drawHit($3,words){
const c9=$7("li","search-hit");
const head=$7("h3","search-title");
if($3.kind==="question")head.appendChild($7("span","search-answer",this.say("answers")));
const e6=$7("a");
e6.href=this.root+$3.url;
e9(e6,$3.title,words);
head.appendChild(e6);
for(const h1 of $3.interpretations){
const d9=$7("a","search-interpretation",this.say("interpretation"));
d9.href=this.root+h1[1];
d9.title=h1[0];
head.appendChild(d9);
}
c9.appendChild(head);
const a3=$7("p","search-facts");
const facets=this.engine.index.manifest.facets;
const name=($0)=>(facets[$0].find(($$)=>$$[0]===$3[$0])||["",""])[1];
for(const g6 of [$3.docNo,$3.issuer,name("column"),$3.published]){
if(!g6)continue;
const i4=$7("span");
e9(i4,g6,words);
a3.appendChild(i4);
}
if($3.validity)a3.appendChild($7("span",$3.inForce?"search-valid":"search-invalid",name("validity")));
c9.appendChild(a3);
const c0=l$($3,words);
const text=$7("p","search-snippet");
if(c0.file){
const file=$7("a","search-file",this.say("in_attachment")+" "+c0.file[0]);
file.href=this.root+c0.file[1];
text.appendChild(file);
}
e9(text,c0.text,words);
if(c0.text)c9.appendChild(text);
return c9;
}
showPages(answer){
const d0=$("search-pages");
const b$=Math.max(1,Math.ceil(answer.total / c2));
d0.textContent="";
d0.hidden=b$===1&&this.state.page===1;
const add=(key,page,m$)=>{
const _6=$7("button","search-page",this.say(key));
_6.type="button";
_6.disabled=!m$;
_6.addEventListener("click",()=>this.turnTo(page));
d0.appendChild(_6);
};
add("previous",this.state.page - 1,this.state.page>1);
d0.appendChild($7("span","search-at",this.say("page",{page:this.state.page})));
add("next",this.state.page+1,this.state.page<b$);
}
async turnTo(page){
await this.change({page:page});
$("search-results").focus();
}
async showFacets(){
const answer=this.answer;
if(!answer||answer.empty)return;
try{
const h6=this.state.filters.issuer===undefined&&this.engine.index.manifest.documents>i7;
const facets=window.GovsiteSearch.FACETS.filter(($0)=>$0!=="issuer"||!h6);
const a1=await answer.countFacets(facets);
if(answer!==this.answer)return;
const box=$("search-facets");
box.textContent="";
for(const $0 of facets){
const values=a1[$0];
if(values.length>1||this.state.filters[$0]!==undefined)box.appendChild(this.drawFacet($0,values));
}
if(h6)box.appendChild(this.drawIssuers(answer));
}catch(_0){
this.showProblem(_0);
}
}
drawIssuers(answer){
const box=$7("details","search-facet");
box.appendChild($7("summary","",this.say("issuer")));
box.addEventListener("toggle",async()=>{
if(box.lastChild.tagName==="FIELDSET")return;
try{
const a1=await answer.countFacets(["issuer"]);
if(box.children.length<2)box.appendChild(this.drawFacet("issuer",a1.issuer));
}catch(_0){
this.showProblem(_0);
}
});
return box;
}
drawFacet($0,values){
const _2=$7("fieldset","search-facet");
_2.appendChild($7("legend","",this.say($0)));
const chosen=this.state.filters[$0];
const a6=values.filter((value,at)=>at<j2||value.id===chosen);
const g5=(value)=>{
const _6=$7("button","search-value",value.name+" ");
_6.type="button";
_6.appendChild($7("span","search-count",String(value.count)));
_6.setAttribute("aria-pressed",String(value.id===chosen));
_6.addEventListener("click",()=>this.choose($0,value.id===chosen?undefined:value.id));
_2.appendChild(_6);
};
a6.forEach(g5);
const rest=values.filter((value)=>a6.indexOf(value)<0);
if(!rest.length)return _2;
const d_=$7("button","search-more",this.say("more",{count:rest.length}));
d_.type="button";
d_.addEventListener("click",()=>{
d_.remove();
rest.forEach(g5);
_2.querySelectorAll(".search-value")[a6.length].focus();
});
_2.appendChild(d_);
return _2;
}
choose($0,value){
const filters=Object.assign({},this.state.filters);
delete filters[$0];
if(value!==undefined)filters[$0]=value;
return this.change({filters:filters,page:1});
}
}
document.addEventListener("DOMContentLoaded",()=>{
const box=$("search");
if(box&&window.GovsiteSearch&&window.GovsiteSearch.Engine)window.govsiteSearchPage=new k_(box);
});
})();
